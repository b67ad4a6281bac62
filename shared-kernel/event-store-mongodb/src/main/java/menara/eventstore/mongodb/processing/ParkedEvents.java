package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.StoredEventDocuments;
import menara.eventstore.mongodb.processing.MongoParkingLot.Parked;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The parked events, one document each: the event, when and why it was parked, and the stamp of its last writer, so that no process removes
 * an event that another has parked since.
 */
final class ParkedEvents {

    private final MongoCollection<Document> events;
    private final Converter converter;
    private final Clock clock;

    ParkedEvents(MongoCollection<Document> events, Converter converter, Clock clock) {
        this.events = events;
        this.converter = converter;
        this.clock = clock;
    }

    private static String id(String processor, String event) {
        return processor + "/" + event;
    }

    /**
     * Stores an event, before its place in the sequence: a place without an event would be a lost event.
     *
     * @return the stamp of its last writer
     */
    String store(String processor, EventMessage event, Optional<String> error) {
        var document = StoredEventDocuments.of(Messages.toStore(event, Set.of(), converter))
                .append("at", Date.from(clock.instant()));
        // An event parked again keeps its fields; only a new error replaces the old one.
        var stamp = UUID.randomUUID().toString();
        var changed = new Document("stamp", stamp);
        error.ifPresent(text -> changed.append("error", text));
        events.updateOne(
                eq(id(processor, event.identifier())),
                new Document("$setOnInsert", document).append("$set", changed),
                new UpdateOptions().upsert(true));
        return stamp;
    }

    void failed(String processor, String event, String error) {
        events.updateOne(eq(id(processor, event)), set("error", error));
    }

    /**
     * Removes an event, unless another process has parked it since, even if this request arrives late.
     *
     * @param stamp null for one that was parked before there were stamps
     * @return whether it was there
     */
    boolean remove(String processor, String event, @Nullable String stamp) {
        return events.deleteOne(and(eq(id(processor, event)), eq("stamp", stamp)))
                        .getDeletedCount()
                > 0;
    }

    /** The stored event, also if a newly elected primary does not show it yet. */
    Optional<Document> find(String processor, String event) {
        var place = eq(id(processor, event));
        return Optional.ofNullable(events.find(place).first())
                .or(() -> Optional.ofNullable(
                        Guarantees.latest(events).find(place).first()));
    }

    /** The stored events of a sequence, in order. */
    List<Parked> of(String processor, String sequence, List<String> places) {
        var stored = new HashMap<String, Document>();
        events.find(in("_id", places.stream().map(event -> id(processor, event)).toList()))
                .forEach(event -> stored.put(event.getString("id"), event));
        var found = new ArrayList<Parked>();
        for (int i = 0; i < places.size(); i++) {
            var event = stored.get(places.get(i));
            if (event != null) {
                found.add(parked(processor, sequence, i, event));
            }
        }
        return found;
    }

    static Parked parked(String processor, String sequence, int order, Document event) {
        return new Parked(
                processor,
                sequence,
                order,
                Messages.of(StoredEventDocuments.from(event)),
                Optional.ofNullable(event.getString("error")),
                event.getDate("at").toInstant());
    }
}
