package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;
import menara.eventstore.mongodb.processing.MongoParkingLot.Parked;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of parked sequences to their handlers, one sequence at a time. A replay claims its sequence for as long as one event
 * may take; when that time is over, or the event was parked again, it removes nothing any more.
 */
final class Replay {

    private final MongoCollection<Document> sequences;
    private final ParkedEvents events;
    private final Duration lease;
    private final Clock clock;

    /** @param lease time for one event before another replay may take over */
    Replay(MongoCollection<Document> sequences, ParkedEvents events, Duration lease, Clock clock) {
        this.sequences = sequences;
        this.events = events;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * A replay that is handling the event, or hangs in it, loses the sequence: it does not remove the place of an event that is parked
     * again. Other sequences keep their times.
     */
    void loses(String id, String event) {
        sequences.updateOne(
                and(eq(id), eq("events", event)), set("claim", UUID.randomUUID().toString()));
    }

    /** @return how many were handled */
    int run(String id, Consumer<Parked> handler) {
        String claim = UUID.randomUUID().toString();
        int handled = 0;
        try {
            for (var waiting = claim(id, claim); waiting != null; waiting = claim(id, claim)) {
                if (MongoParkingLot.places(waiting).isEmpty()) {
                    // Only if still empty: an event may have been parked since the last read.
                    sequences.deleteOne(and(eq(id), eq("claim", claim), size("events", 0)));
                } else if (handle(waiting, claim, handler)) {
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
                and(eq(id), free), combine(set("claim", claim), set("claimedUntil", Date.from(now.plus(lease)))));
    }

    /** @return false if there was a place without an event: a replay handled it and crashed before it removed the place */
    private boolean handle(Document waiting, String claim, Consumer<Parked> handler) {
        var processor = waiting.getString("processor");
        var first = MongoParkingLot.places(waiting).getFirst();
        var event = events.find(processor, first);
        if (event.isPresent()) {
            handler.accept(ParkedEvents.parked(processor, waiting.getString("sequence"), 0, event.get()));
            if (!events.remove(processor, first, event.get().getString("stamp"))) {
                return true; // parked again meanwhile, or handled by a replay that took over when this one hung: its
                // place stays
            }
        }
        sequences.updateOne(
                and(eq(waiting.getString("_id")), eq("claim", claim)), combine(pull("events", first), set("tries", 0)));
        return event.isPresent();
    }
}
