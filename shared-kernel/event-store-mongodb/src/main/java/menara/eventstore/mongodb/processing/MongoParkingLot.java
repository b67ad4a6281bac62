package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.StoredEventDocuments;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait that a processor could not handle, each with the later events of its sequence behind it, so that everything else
 * goes on and nothing of a sequence overtakes. Nothing leaves the lot but by a replay that succeeds.
 *
 * <p>A processor asks {@link #isParked} for every event. The answer "no" comes from memory: only the process that holds the claim of
 * a segment parks its sequences, so what it read after claiming, and parked itself, is all there is. Whoever claims a segment must
 * call {@link #forgetCached}; {@link MongoTokenStore} does so if it is told. The answer "yes" is confirmed by the database, because
 * somebody else may have replayed the sequence meanwhile.
 */
public final class MongoParkingLot {

    /** Events of one sequence; more than that is an outage, and the processor should stop instead. */
    public static final int MAX_PARKED = 10_000;

    /** How long a replay may take for one event before another replay may take over. */
    private static final Duration REPLAY_LEASE = Duration.ofMinutes(5);

    /** How long a sequence waits before it is tried for the first time; twice as long after each failure. */
    public static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    public static final Duration MAX_WAIT = Duration.ofHours(1);

    private final MongoCollection<Document> sequences;
    private final MongoCollection<Document> events;
    private final Converter converter;
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
        this.events = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection + "_events");
        this.converter = converter;
        this.clock = clock;
        this.pauses = pauses;
        sequences.createIndex(Indexes.ascending("processor"));
    }

    /**
     * How long is waited.
     *
     * @param first until a sequence is tried for the first time
     * @param longest between two tries
     * @param replayLease what a replay may take for one event before another replay may take over
     */
    record Pauses(Duration first, Duration longest, Duration replayLease) {

        static final Pauses DEFAULT = new Pauses(FIRST_WAIT, MAX_WAIT, REPLAY_LEASE);

        Duration after(int tries) {
            var pause = first;
            for (int i = 0; i < tries && pause.compareTo(longest) < 0; i++) {
                pause = pause.multipliedBy(2);
            }
            return pause.compareTo(longest) < 0 ? pause : longest;
        }
    }

    /**
     * A parked event.
     *
     * @param processor who could not handle it
     * @param sequence whose later events wait behind it
     * @param order place within the sequence, from 0
     * @param event the event itself
     * @param error why it could not be handled; empty for one that waits behind another
     * @param parkedAt when
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
     * @param nextTry when it is time; what was parked before times were kept is due
     * @param awaited tried as soon as this is there; empty if nobody knows what is missing
     */
    public record Waiting(String processor, String sequence, int tries, Instant nextTry, Optional<Awaited> awaited) {}

    private static String id(String processor, String sequence) {
        if (processor.contains("/")) {
            throw new IllegalArgumentException("the name of a processor must not contain a slash: " + processor);
        }
        return processor + "/" + sequence;
    }

    private static String eventId(String processor, String event) {
        return processor + "/" + event;
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

    /** What an answer "no" from memory rests on: also what a primary that was just elected does not show yet. */
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
     * @param awaited what it could not be handled without, if that is known
     * @throws ParkingFull if the sequence has too many events already
     */
    public void park(
            String processor, String sequence, EventMessage event, Optional<String> error, Optional<Awaited> awaited) {
        // Known before it is stored: a "no" from memory must never be wrong.
        parkedKeys.computeIfAbsent(processor, this::storedKeys).add(sequence);
        store(processor, sequence, event, error);
        takeFromReplay(processor, sequence, event);
        sequences.updateOne(
                eq(id(processor, sequence)),
                combine(
                        setOnInsert("processor", processor),
                        setOnInsert("sequence", sequence),
                        setOnInsert("tries", 0),
                        setOnInsert("nextTry", Date.from(clock.instant().plus(pauses.first()))),
                        setOnInsert(
                                "awaited",
                                awaited.map(MongoParkingLot::document).orElse(null)),
                        addToSet("events", event.identifier())),
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
        // Of a success before the failure the stored number of tries begins anew.
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
        events.updateOne(eq(eventId(waiting.processor(), places(stored).getFirst())), set("error", error));
    }

    /**
     * Parks an event behind those of its sequence, if some still wait.
     *
     * @return false if the sequence was replayed meanwhile and nothing waits any more: handle the event
     * @throws ParkingFull if the sequence has too many events already
     */
    public boolean parkBehind(String processor, String sequence, EventMessage event) {
        var stamp = store(processor, sequence, event, Optional.empty());
        takeFromReplay(processor, sequence, event);
        boolean waits = sequences
                        .updateOne(eq(id(processor, sequence)), addToSet("events", event.identifier()))
                        .getMatchedCount()
                > 0;
        if (!waits) {
            events.deleteOne(stillStamped(eventId(processor, event.identifier()), stamp));
        }
        return waits;
    }

    /**
     * A replay that has the event in hands, or hangs over it, has lost the sequence: of what is parked again it takes away no place. The
     * others keep their time.
     */
    private void takeFromReplay(String processor, String sequence, EventMessage event) {
        sequences.updateOne(
                and(eq(id(processor, sequence)), eq("events", event.identifier())),
                set("claim", UUID.randomUUID().toString()));
    }

    /** What somebody else has parked since is not taken away, however late this arrives. */
    private static Bson stillStamped(String event, @Nullable String stamp) {
        return and(eq(event), eq("stamp", stamp));
    }

    /**
     * The event before its place in the sequence: a place without an event would be a lost event.
     *
     * @return says who stored it last
     */
    private String store(String processor, String sequence, EventMessage event, Optional<String> error) {
        var waiting = find(id(processor, sequence));
        if (waiting != null && places(waiting).size() >= MAX_PARKED) {
            throw new ParkingFull(processor, sequence);
        }
        var document = StoredEventDocuments.of(Messages.toStore(event, Set.of(), converter))
                .append("at", Date.from(clock.instant()));
        // Parked again, it keeps what is known of it; only a new error replaces the old one.
        var stamp = UUID.randomUUID().toString();
        var changed = new Document("stamp", stamp);
        error.ifPresent(text -> changed.append("error", text));
        events.updateOne(
                eq(eventId(processor, event.identifier())),
                new Document("$setOnInsert", document).append("$set", changed),
                new UpdateOptions().upsert(true));
        return stamp;
    }

    private static List<String> places(Document sequence) {
        return sequence.getList("events", String.class);
    }

    /** What is parked, sequence by sequence, each in the order in which it came. */
    public List<Parked> list(String processor) {
        var found = new ArrayList<Parked>();
        for (var sequence : sequences.find(eq("processor", processor))) {
            found.addAll(eventsOf(processor, sequence));
        }
        return found;
    }

    private List<Parked> eventsOf(String processor, Document sequence) {
        var places = places(sequence);
        var stored = new HashMap<String, Document>();
        events.find(in(
                        "_id",
                        places.stream().map(event -> eventId(processor, event)).toList()))
                .forEach(event -> stored.put(event.getString("id"), event));
        var found = new ArrayList<Parked>();
        for (int i = 0; i < places.size(); i++) {
            var event = stored.get(places.get(i));
            if (event != null) {
                found.add(parked(processor, sequence.getString("sequence"), i, event));
            }
        }
        return found;
    }

    private static Parked parked(String processor, String sequence, int order, Document event) {
        return new Parked(
                processor,
                sequence,
                order,
                Messages.of(StoredEventDocuments.from(event)),
                Optional.ofNullable(event.getString("error")),
                event.getDate("at").toInstant());
    }

    /** How many events wait at each processor that has any, asked of the database within {@code limit}. */
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
     * Hands the events of a sequence to {@code handler}, in order, including those that are parked meanwhile, and lets each go that was
     * handled. Stops at the first that fails again, with what the handler threw. One replay of a sequence at a time: a second one does
     * nothing.
     *
     * @return how many were handled
     */
    public int replay(String processor, String sequence, Consumer<Parked> handler) {
        String id = id(processor, sequence);
        String claim = UUID.randomUUID().toString();
        int handled = 0;
        try {
            for (var waiting = claim(id, claim); waiting != null; waiting = claim(id, claim)) {
                var places = places(waiting);
                if (places.isEmpty()) {
                    // Only if still empty: an event may have been parked behind since we looked.
                    sequences.deleteOne(and(eq(id), eq("claim", claim), size("events", 0)));
                } else if (handle(processor, waiting, claim, handler)) {
                    handled++;
                }
            }
        } finally {
            sequences.updateOne(
                    and(eq(id), eq("claim", claim)), combine(set("claim", null), set("claimedUntil", null)));
        }
        return handled;
    }

    private @Nullable Document claim(String id, String claim) {
        var now = clock.instant();
        var free = or(eq("claimedUntil", null), eq("claim", claim), lte("claimedUntil", Date.from(now)));
        return sequences.findOneAndUpdate(
                and(eq(id), free),
                combine(set("claim", claim), set("claimedUntil", Date.from(now.plus(pauses.replayLease())))));
    }

    /** @return false if there was a place without an event */
    private boolean handle(String processor, Document waiting, String claim, Consumer<Parked> handler) {
        var first = places(waiting).getFirst();
        var place = eq(eventId(processor, first));
        // A place without an event: a replay handled it and died before it could take the place away. Or a primary was
        // just elected and does not show it yet.
        var event = Optional.ofNullable(events.find(place).first())
                .or(() -> Optional.ofNullable(
                        Guarantees.latest(events).find(place).first()));
        if (event.isPresent()) {
            handler.accept(parked(processor, waiting.getString("sequence"), 0, event.get()));
            var gone = events.deleteOne(
                    stillStamped(eventId(processor, first), event.get().getString("stamp")));
            if (gone.getDeletedCount() == 0) {
                return true; // parked again meanwhile, or handled by who took over when this one hung: its place stays
            }
        }
        sequences.updateOne(
                and(eq(waiting.getString("_id")), eq("claim", claim)), combine(pull("events", first), set("tries", 0)));
        return event.isPresent();
    }
}
