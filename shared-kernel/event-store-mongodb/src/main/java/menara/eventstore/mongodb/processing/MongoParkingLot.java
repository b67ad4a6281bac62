package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The parking lot: where events wait that a processor could not handle, each with the later events of its sequence behind it, so that other
 * sequences go on and a sequence stays in order. An event leaves the lot only by a successful replay.
 *
 * <p>A processor asks {@link #isParked} for every event. The answer "no" comes from memory: only the process that holds the claim of a
 * segment parks its sequences, so it knows all of them from its read after the claim and its own parking. A process that claims a segment
 * must call {@link #forgetCached}; {@link MongoTokenStore} does so if it is configured to. The answer "yes" is confirmed by the database,
 * because another process may have replayed the sequence meanwhile.
 */
public final class MongoParkingLot {

    /** Events of one sequence; more than that is an outage, and the processor should stop instead. */
    public static final int MAX_PARKED = 10_000;

    /** How long a sequence waits between two tries at most. */
    public static final Duration MAX_WAIT = Duration.ofHours(1);

    private final MongoCollection<Document> sequences;
    private final ParkedEvents events;
    private final Replay replay;
    private final Clock clock;
    private final Pauses pauses;
    private final Map<String, Set<String>> parkedKeys = new ConcurrentHashMap<>();

    /**
     * @param database the service's own database
     * @param collection {@code parked}; the events themselves are in {@code parked_events}
     * @param converter makes {@code byte[]} of payloads
     */
    public MongoParkingLot(MongoDatabase database, String collection, Converter converter, Clock clock) {
        this(database, collection, converter, clock, Pauses.DEFAULT);
    }

    MongoParkingLot(MongoDatabase database, String collection, Converter converter, Clock clock, Pauses pauses) {
        this.sequences = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection);
        this.events = new ParkedEvents(
                Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection + "_events"), converter, clock);
        this.replay = new Replay(sequences, events, pauses.replayLease(), clock);
        this.clock = clock;
        this.pauses = pauses;
        sequences.createIndex(Indexes.ascending("processor"));
    }

    /**
     * A parked event.
     *
     * @param processor the processor that could not handle it
     * @param sequence whose later events wait behind it
     * @param order place within the sequence, from 0
     * @param event the event itself
     * @param error why it could not be handled; empty for one that waits behind another
     * @param parkedAt when it was parked
     */
    public record Parked(
            String processor,
            String sequence,
            long order,
            EventMessage event,
            Optional<String> error,
            Instant parkedAt) {}

    /** A document of the service's read models without which an event cannot be handled. */
    public record Awaited(String collection, String id) {}

    /**
     * A sequence that waits to be tried again.
     *
     * @param tries since the last success
     * @param nextTry when it is tried next; sequences parked before this was stored are due
     * @param awaited the document whose arrival triggers the next try; empty if it is not known
     */
    public record Waiting(String processor, String sequence, int tries, Instant nextTry, Optional<Awaited> awaited) {}

    private static String id(String processor, String sequence) {
        if (processor.contains("/")) {
            throw new IllegalArgumentException("the name of a processor must not contain a slash: " + processor);
        }
        return processor + "/" + sequence;
    }

    /** Whether events of the sequence wait, so that the next one has to wait behind them. */
    public boolean isParked(String processor, String sequence) {
        var keys = parkedKeys.computeIfAbsent(processor, this::storedKeys);
        if (!keys.contains(sequence)) {
            return false;
        }
        if (isStored(id(processor, sequence))) {
            return true;
        }
        keys.remove(sequence);
        return false;
    }

    /** The sequences behind the answer "no" from memory, including those that a newly elected primary does not show yet. */
    private Set<String> storedKeys(String processor) {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        Guarantees.latest(sequences)
                .find(eq("processor", processor))
                .forEach(stored -> keys.add(stored.getString("sequence")));
        return keys;
    }

    private @Nullable Document find(String id) {
        return sequences.find(eq(id)).first();
    }

    private boolean isStored(String id) {
        return find(id) != null || Guarantees.latest(sequences).find(eq(id)).first() != null;
    }

    /** To be called when this process has claimed a segment of the processor: its former owner may have parked more. */
    public void forgetCached(String processor) {
        parkedKeys.remove(processor);
    }

    /**
     * Parks an event at the end of its sequence. The same event again stays where it is.
     *
     * @param error why it could not be handled; empty for one that waits behind another
     * @param awaited the document it could not be handled without, if known
     * @throws ParkingFull if the sequence has too many events already
     */
    public void park(
            String processor, String sequence, EventMessage event, Optional<String> error, Optional<Awaited> awaited) {
        // Remembered before it is stored: a "no" from memory must never be wrong.
        parkedKeys.computeIfAbsent(processor, this::storedKeys).add(sequence);
        store(processor, sequence, event, error);
        replay.place(
                id(processor, sequence),
                event.identifier(),
                combine(
                        setOnInsert("processor", processor),
                        setOnInsert("sequence", sequence),
                        setOnInsert("tries", 0),
                        setOnInsert("nextTry", Date.from(clock.instant().plus(pauses.first()))),
                        setOnInsert(
                                "awaited",
                                awaited.map(MongoParkingLot::document).orElse(null))),
                new UpdateOptions().upsert(true));
    }

    private static Document document(Awaited awaited) {
        return new Document("collection", awaited.collection()).append("id", awaited.id());
    }

    /** Every sequence of every processor. */
    public List<Waiting> waiting() {
        return sequences
                .find()
                .projection(exclude("events"))
                .map(stored -> new Waiting(
                        stored.getString("processor"),
                        stored.getString("sequence"),
                        stored.getInteger("tries", 0),
                        Optional.ofNullable(stored.getDate("nextTry"))
                                .map(Date::toInstant)
                                .orElse(Instant.EPOCH),
                        Optional.ofNullable(stored.get("awaited", Document.class))
                                .map(what -> new Awaited(what.getString("collection"), what.getString("id")))))
                .into(new ArrayList<>());
    }

    /** Notes that the first event of a sequence failed again, and when the sequence is to be tried next. */
    public void failed(Waiting waiting, String error, Optional<Awaited> awaited) {
        var id = id(waiting.processor(), waiting.sequence());
        // After a success before the failure the stored number of tries restarts.
        var stored = sequences.find(eq(id)).first();
        if (stored == null || places(stored).isEmpty()) {
            return;
        }
        int tries = stored.getInteger("tries", 0) + 1;
        sequences.updateOne(
                eq(id),
                combine(
                        set("tries", tries),
                        set("nextTry", Date.from(clock.instant().plus(pauses.after(tries)))),
                        set("awaited", awaited.map(MongoParkingLot::document).orElse(null))));
        events.failed(waiting.processor(), places(stored).getFirst(), error);
    }

    /**
     * Parks an event behind those of its sequence, if some still wait.
     *
     * @return false if the sequence was replayed meanwhile and nothing waits any more: handle the event
     * @throws ParkingFull if the sequence has too many events already
     */
    public boolean parkBehind(String processor, String sequence, EventMessage event) {
        var stamp = store(processor, sequence, event, Optional.empty());
        boolean waits = replay.place(id(processor, sequence), event.identifier(), combine(), new UpdateOptions());
        if (!waits) {
            events.remove(processor, event.identifier(), stamp);
        }
        return waits;
    }

    /** @return the stamp of its last writer */
    private String store(String processor, String sequence, EventMessage event, Optional<String> error) {
        var waiting = find(id(processor, sequence));
        if (waiting != null && places(waiting).size() >= MAX_PARKED) {
            throw new ParkingFull(processor, sequence);
        }
        return events.store(processor, event, error);
    }

    static List<String> places(Document sequence) {
        return sequence.getList("events", String.class);
    }

    /** The parked events, sequence by sequence, each in order. */
    public List<Parked> list(String processor) {
        var found = new ArrayList<Parked>();
        for (var sequence : sequences.find(eq("processor", processor))) {
            found.addAll(events.of(processor, sequence.getString("sequence"), places(sequence)));
        }
        return found;
    }

    /** How many events wait at each processor that has any; the read ends within {@code limit}. */
    public Map<String, Integer> counts(Duration limit) {
        var counts = new HashMap<String, Integer>();
        sequences
                .withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .find()
                .forEach(sequence -> counts.merge(
                        sequence.getString("processor"), places(sequence).size(), Integer::sum));
        return counts;
    }

    /** How many events wait at a processor. */
    public int count(String processor) {
        int count = 0;
        for (var sequence : sequences.find(eq("processor", processor))) {
            count += places(sequence).size();
        }
        return count;
    }

    /**
     * Hands the events of a sequence to {@code handler}, in order, including those that are parked meanwhile, and removes each one that was
     * handled. Stops at the first that fails again, with what the handler threw. One replay of a sequence at a time: a second one does
     * nothing.
     *
     * @return how many were handled
     */
    public int replay(String processor, String sequence, Consumer<Parked> handler) {
        return replay.run(id(processor, sequence), handler);
    }
}
