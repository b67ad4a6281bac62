package menara.eventstore.mongodb.simulation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.util.Map;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;

/** Handles events into one document for each sequence, which refuses, as read models do, what is older than what it has seen. */
final class Projection {

    static final String EFFECTS = "effects";
    static final String NAME = "projection";

    /** Key of an event's position in its metadata, from when it is read until it is handled, parked or not. */
    private static final String POSITION = "position";

    private static final int SLOW_MILLIS = 700;

    private final Home home;
    private final Hindrances hindrances;
    private final MongoCollection<Document> effects;
    private final MongoCollection<Document> needed;

    Projection(Home home, Hindrances hindrances) {
        this.home = home;
        this.hindrances = hindrances;
        MongoDatabase database = Guarantees.bounded(home.database(), Limits.DEFAULT);
        this.effects = database.getCollection(EFFECTS);
        this.needed = database.getCollection(Hindrances.NEEDED);
    }

    /** Events of one writer stay in order. */
    static String sequence(String event) {
        return event.substring(0, event.indexOf('/'));
    }

    static EventMessage at(EventMessage event, long position) {
        return event.andMetadata(Map.of(POSITION, Long.toString(position)));
    }

    boolean isThere(String sequence) {
        return needed.find(eq(sequence)).first() != null;
    }

    /** @throws Hindrances.Hindered if something stands against it */
    void handle(EventMessage event) {
        var id = event.identifier();
        var sequence = sequence(id);
        hindrances.check(id);
        if (hindrances.needsDocument(sequence) && !isThere(sequence)) {
            throw Hindrances.missing(sequence);
        }
        if (home.random().nextInt(8) == 0) {
            home.process().sleep(home.random().nextInt(SLOW_MILLIS) * Home.MILLISECOND);
        }
        write(sequence, id, Long.parseLong(event.metadata().get(POSITION)));
        home.history().applied(home.name(), sequence, id);
    }

    private void write(String sequence, String event, long position) {
        var passes = and(eq("_id", sequence), not(gt("seen", position)));
        var effect = combine(addToSet("events", event), set("seen", position));
        try {
            effects.updateOne(passes, effect, new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            effects.updateOne(passes, effect); // it is there, and may have seen more
        }
    }

    /** Writes, at some time, what sequences wait for. */
    void provide(String sequence) {
        needed.updateOne(eq("_id", sequence), set("there", true), new UpdateOptions().upsert(true));
    }
}
