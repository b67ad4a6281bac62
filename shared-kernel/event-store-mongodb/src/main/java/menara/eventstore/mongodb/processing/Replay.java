package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;
import menara.eventstore.mongodb.processing.MongoParkingLot.Parked;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of parked sequences to their handlers, one sequence at a time. A replay claims its sequence for as long as one event
 * may take; when that time is over, or the event was parked again, it removes nothing any more.
 */
final class Replay {

    /** Replays that take an event's place away while it is parked; each of them gets ahead once. */
    private static final int MAX_ATTEMPTS = 100;

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
     * Gives an event its place at the end of its sequence. If it has one already, a replay may be about to take that away, and loses it.
     *
     * @return false if there is no such sequence, or there was none
     */
    boolean place(String id, String event, Bson beside, UpdateOptions options) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var placed = sequences.updateOne(eq(id), combine(beside, addToSet("events", event)), options);
            if (placed.getMatchedCount() == 0 || placed.getModifiedCount() > 0 || loses(id, event)) {
                return placed.getMatchedCount() > 0;
            }
        }
        throw new MongoTimeoutException(
                "others took away the place of event %s %d times".formatted(event, MAX_ATTEMPTS));
    }

    /**
     * A replay that is handling the event, or hangs in it, loses the sequence: it does not remove the place of an event that is parked
     * again. Other sequences keep their times.
     *
     * @return false if the event has no place any more
     */
    private boolean loses(String id, String event) {
        return sequences
                        .updateOne(
                                and(eq(id), eq("events", event)),
                                set("claim", UUID.randomUUID().toString()))
                        .getMatchedCount()
                > 0;
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
