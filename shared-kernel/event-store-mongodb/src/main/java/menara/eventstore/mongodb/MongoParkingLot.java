package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.bson.Document;

/**
 * Events that a processor could not handle, together with the later ones of the same sequence, so that everything else goes on.
 * Nothing leaves the lot but by a replay that succeeds.
 */
public final class MongoParkingLot {

    /** Parked events of one processor; more than that is an outage, and the processor should stop instead. */
    public static final int MAX_PARKED = 10_000;

    private final MongoCollection<Document> parked;
    private final Converter converter;
    private final Clock clock;
    /** Counts up with every parked event, so that they are replayed in the order in which they came. */
    private final AtomicLong order = new AtomicLong();

    /** How many events are parked, by processor and sequence; no entry where none is. */
    private final Map<String, Map<String, Integer>> counts = new ConcurrentHashMap<>();

    /**
     * @param collection name of the collection, {@code parked}
     * @param converter makes {@code byte[]} of payloads
     */
    public MongoParkingLot(MongoDatabase database, String collection, Converter converter, Clock clock) {
        this.parked = database.getCollection(collection);
        this.converter = converter;
        this.clock = clock;
        parked.find().forEach(document -> {
            count(document.getString("processor"), document.getString("sequence"), 1);
            order.accumulateAndGet(document.get("order", Number.class).longValue(), Math::max);
        });
    }

    /**
     * A parked event.
     *
     * @param processor who could not handle it
     * @param sequence whose later events wait behind it
     * @param order larger for what came later
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

    /** Whether events of the sequence are parked, so that later ones have to wait behind them. Answered from memory. */
    public boolean isParked(String processor, String sequence) {
        return counts.getOrDefault(processor, Map.of()).containsKey(sequence);
    }

    public int count(String processor) {
        return counts.getOrDefault(processor, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * Parks an event; parking it again changes nothing.
     *
     * @throws IllegalStateException if the lot is full
     */
    public void park(String processor, String sequence, EventMessage event, Optional<String> error) {
        if (count(processor) >= MAX_PARKED) {
            throw new IllegalStateException(
                    "processor %s has %,d events parked; it stops here".formatted(processor, MAX_PARKED));
        }
        byte[] payload = event.payloadAs(byte[].class, converter);
        var document = new Document("_id", id(processor, event.identifier()))
                .append("processor", processor)
                .append("sequence", sequence)
                .append("order", order.incrementAndGet())
                .append("event", event.identifier())
                .append("type", event.type().qualifiedName().fullName())
                .append("rev", event.type().version())
                .append("ts", event.timestamp().toString())
                .append("payload", payload == null ? "" : new String(payload, StandardCharsets.UTF_8))
                .append("meta", new Document(new HashMap<>(event.metadata())))
                .append("error", error.orElse(null))
                .append("at", Date.from(clock.instant()));
        boolean added = parked.replaceOne(eq(document.get("_id")), document, new ReplaceOptions().upsert(true))
                        .getMatchedCount()
                == 0;
        if (added) {
            count(processor, sequence, 1);
        }
    }

    private static String id(String processor, String event) {
        return processor + "/" + event;
    }

    private void count(String processor, String sequence, int change) {
        counts.computeIfAbsent(processor, _ -> new ConcurrentHashMap<>()).compute(sequence, (_, before) -> {
            int after = (before == null ? 0 : before) + change;
            return after <= 0 ? null : after;
        });
    }

    /** What is parked, in the order in which it came. */
    public List<Parked> list(String processor) {
        var found = new ArrayList<Parked>();
        parked.find(eq("processor", processor)).forEach(document -> found.add(read(document))); // bounded by MAX_PARKED
        found.sort(Comparator.comparingLong(Parked::order));
        return found;
    }

    /**
     * Hands the parked events of one sequence to {@code handler} in order and lets each go that was handled. Stops at the first that
     * fails again.
     *
     * @return how many were handled
     */
    public int replay(String processor, String sequence, Consumer<Parked> handler) {
        int handled = 0;
        for (var waiting : list(processor)) {
            if (waiting.sequence().equals(sequence)) {
                handler.accept(waiting);
                parked.deleteOne(eq(id(processor, waiting.event().identifier())));
                count(processor, sequence, -1);
                handled++;
            }
        }
        return handled;
    }

    private static Parked read(Document document) {
        Map<String, String> metadata = new HashMap<>();
        document.get("meta", Document.class).forEach((key, value) -> metadata.put(key, String.valueOf(value)));
        var event = new GenericEventMessage(
                document.getString("event"),
                new MessageType(document.getString("type"), document.getString("rev")),
                document.getString("payload").getBytes(StandardCharsets.UTF_8),
                metadata,
                Instant.parse(document.getString("ts")));
        return new Parked(
                document.getString("processor"),
                document.getString("sequence"),
                document.get("order", Number.class).longValue(),
                event,
                Optional.ofNullable(document.getString("error")),
                document.get("at", Date.class).toInstant());
    }
}
