package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait that a processor could not handle, each with the later events of its sequence behind it, so that everything else
 * goes on and nothing of a sequence overtakes. They can be seen, counted and replayed in order.
 *
 * <p>A processor asks {@link #isParked} for every event. The answer "no" comes from memory: only the process that holds the claim of
 * a segment parks its sequences, so what it read after claiming, and parked itself, is all there is. Whoever claims a segment must
 * call {@link #forgetCached}; {@link MongoTokenStore} does so if it is told. The answer "yes" is confirmed by the database, because
 * somebody else may have replayed the sequence meanwhile.
 */
public final class MongoParkingLot {

    /** Events of one sequence; more, and the processor stops at that sequence instead of parking. */
    public static final int MAX_EVENTS_PER_SEQUENCE = 10_000;

    private static final int MAX_ERROR_CHARS = 2_000;

    /** How long a replay may take for one event before another replay may take over. */
    private static final Duration REPLAY_LEASE = Duration.ofMinutes(5);

    private final MongoCollection<Document> sequences;
    private final MongoCollection<Document> events;
    private final Converter converter;
    private final Clock clock;
    private final Map<String, Set<String>> parkedKeys = new ConcurrentHashMap<>();

    /**
     * @param database the service's own database
     * @param collection {@code parked}; the events themselves are in {@code parked_events}
     * @param converter makes {@code byte[]} of payloads that are not yet
     */
    public MongoParkingLot(MongoDatabase database, String collection, Converter converter, Clock clock) {
        this.sequences = database.getCollection(collection);
        this.events = database.getCollection(collection + "_events");
        this.converter = converter;
        this.clock = clock;
        sequences.createIndex(Indexes.ascending("processor"));
    }

    /**
     * A sequence that waits.
     *
     * @param positions of its events in the log, in order
     * @param error why the first of them could not be handled, as far as the last attempt tells
     * @param attempts how often its first event was tried, counting replays
     * @param since when it was parked
     */
    public record ParkedSequence(
            String processor, String sequenceKey, List<Long> positions, String error, int attempts, Instant since) {}

    /** Handles one parked event again. Throws what the handler throws: the event then stays where it is. */
    @FunctionalInterface
    public interface Replay {
        void handle(EventMessage event, long position);
    }

    private static String id(String processor, String sequenceKey) {
        if (processor.contains("/")) {
            throw new IllegalArgumentException("the name of a processor must not contain a slash: " + processor);
        }
        return processor + "/" + sequenceKey;
    }

    /** Whether events of the sequence wait, so that the next one has to wait behind them. */
    public boolean isParked(String processor, String sequenceKey) {
        var keys = parkedKeys.computeIfAbsent(processor, this::storedKeys);
        if (!keys.contains(sequenceKey)) {
            return false;
        }
        if (sequences.find(eq(id(processor, sequenceKey))).first() != null) {
            return true;
        }
        keys.remove(sequenceKey);
        return false;
    }

    private Set<String> storedKeys(String processor) {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        sequences.find(eq("processor", processor)).forEach(stored -> keys.add(stored.getString("key")));
        return keys;
    }

    /** To be called when this process has claimed a segment of the processor: its former owner may have parked more. */
    public void forgetCached(String processor) {
        parkedKeys.remove(processor);
    }

    /**
     * Parks the first event of a sequence. The same event again changes nothing but the error.
     *
     * @param position of the event in its log
     * @throws ParkingFull if the sequence has too many events already
     */
    public void park(String processor, String sequenceKey, long position, EventMessage event, Throwable error) {
        // Known before it is stored: a "no" from memory must never be wrong.
        parkedKeys.computeIfAbsent(processor, this::storedKeys).add(sequenceKey);
        store(processor, sequenceKey, position, event);
        sequences.updateOne(
                eq(id(processor, sequenceKey)),
                combine(
                        setOnInsert("processor", processor),
                        setOnInsert("key", sequenceKey),
                        setOnInsert("since", Date.from(clock.instant())),
                        set("error", describe(error)),
                        inc("attempts", 1),
                        addToSet("positions", position)),
                new UpdateOptions().upsert(true));
    }

    /**
     * Parks an event behind those of its sequence.
     *
     * @return false if the sequence was replayed meanwhile and nothing waits any more: handle the event
     * @throws ParkingFull if the sequence has too many events already
     */
    public boolean parkBehind(String processor, String sequenceKey, long position, EventMessage event) {
        var waiting = sequences.find(eq(id(processor, sequenceKey))).first();
        if (waiting == null) {
            return false;
        }
        if (positions(waiting).size() >= MAX_EVENTS_PER_SEQUENCE) {
            throw new ParkingFull(processor, sequenceKey);
        }
        store(processor, sequenceKey, position, event);
        return sequences
                        .updateOne(eq(id(processor, sequenceKey)), addToSet("positions", position))
                        .getMatchedCount()
                > 0;
    }

    /** The event before the mark of its sequence: a mark always has its event, an event without a mark is overwritten. */
    private void store(String processor, String sequenceKey, long position, EventMessage event) {
        String id = eventId(processor, sequenceKey, position);
        var document = StoredEventDocuments.of(Messages.toStore(event, Set.of(), converter));
        events.replaceOne(eq(id), document.append("_id", id), new ReplaceOptions().upsert(true));
    }

    private static String eventId(String processor, String sequenceKey, long position) {
        return position + "/" + id(processor, sequenceKey);
    }

    private static String describe(Throwable error) {
        var text = new StringBuilder();
        for (var cause = error; cause != null && text.length() < MAX_ERROR_CHARS; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "; caused by ").append(cause);
        }
        return text.substring(0, Math.min(text.length(), MAX_ERROR_CHARS));
    }

    private static SortedSet<Long> positions(Document sequence) {
        var positions = new TreeSet<Long>();
        sequence.getList("positions", Number.class).forEach(position -> positions.add(position.longValue()));
        return positions;
    }

    /** What waits at a processor, in no order. */
    public List<ParkedSequence> list(String processor, int limit) {
        var found = new ArrayList<ParkedSequence>();
        for (var stored : sequences.find(eq("processor", processor)).limit(limit)) {
            found.add(new ParkedSequence(
                    stored.getString("processor"),
                    stored.getString("key"),
                    List.copyOf(positions(stored)),
                    stored.getString("error"),
                    stored.getInteger("attempts"),
                    stored.getDate("since").toInstant()));
        }
        return found;
    }

    /** How many events wait at a processor. */
    public long count(String processor) {
        long count = 0;
        for (var stored : sequences.find(eq("processor", processor))) {
            count += positions(stored).size();
        }
        return count;
    }

    /**
     * Handles the events of a sequence again, in order, including those that are parked meanwhile, until none is left or one fails.
     * One replay of a sequence at a time: a second one does nothing.
     *
     * @return how many were handled
     */
    public int replay(String processor, String sequenceKey, Replay handler) {
        String id = id(processor, sequenceKey);
        String claim = UUID.randomUUID().toString();
        int handled = 0;
        for (var sequence = claim(id, claim); sequence != null; sequence = claim(id, claim)) {
            var positions = positions(sequence);
            if (positions.isEmpty()) {
                // Only if still empty: an event may have been parked behind since we looked.
                sequences.deleteOne(and(eq(id), eq("claim", claim), size("positions", 0)));
                continue;
            }
            long position = positions.first();
            handle(processor, sequenceKey, position, handler);
            // The event first: a mark without an event is passed over, an event without a mark would stay for ever.
            events.deleteOne(eq(eventId(processor, sequenceKey, position)));
            sequences.updateOne(eq(id), pull("positions", position));
            handled++;
        }
        return handled;
    }

    private @Nullable Document claim(String id, String claim) {
        var now = clock.instant();
        Bson free = or(eq("claimedUntil", null), eq("claim", claim), lte("claimedUntil", Date.from(now)));
        return sequences.findOneAndUpdate(
                and(eq(id), free),
                combine(set("claim", claim), set("claimedUntil", Date.from(now.plus(REPLAY_LEASE)))));
    }

    private void handle(String processor, String sequenceKey, long position, Replay handler) {
        var stored = events.find(eq(eventId(processor, sequenceKey, position))).first();
        if (stored == null) {
            return; // handled before, by a replay that died before it could take the mark away
        }
        try {
            handler.handle(Messages.of(StoredEventDocuments.from(stored)), position);
        } catch (RuntimeException e) {
            sequences.updateOne(
                    eq(id(processor, sequenceKey)),
                    combine(
                            set("error", describe(e)),
                            inc("attempts", 1),
                            set("claim", null),
                            set("claimedUntil", null)));
            throw e;
        }
    }
}
