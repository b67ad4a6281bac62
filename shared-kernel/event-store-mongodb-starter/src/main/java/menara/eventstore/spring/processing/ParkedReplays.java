package menara.eventstore.spring.processing;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import menara.eventstore.mongodb.machine.Rounds;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoParkingLot.Awaited;
import menara.eventstore.mongodb.processing.MongoParkingLot.Waiting;
import menara.eventstore.spring.Background;
import menara.eventstore.spring.NotThereYet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries parked sequences again automatically: after pauses that grow with each failure, and at once when the document that they lacked
 * exists. Any instance does it, one at a time for a sequence.
 */
public final class ParkedReplays implements Background, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedReplays.class);

    private static final Duration POLL = Duration.ofMillis(500);

    private final MongoParkingLot lot;
    private final MongoDatabase database;
    private final ProcessorFactory processors;
    private final EventStoreLifecycle lifecycle;
    private final Clock clock;
    private final Rounds rounds = new Rounds("parked-replays", this::round);

    ParkedReplays(
            MongoParkingLot lot,
            MongoDatabase database,
            ProcessorFactory processors,
            EventStoreLifecycle lifecycle,
            Clock clock) {
        this.lot = lot;
        this.database = database;
        this.processors = processors;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    void start() {
        rounds.start();
    }

    @Override
    public String name() {
        return "parked-replays";
    }

    @Override
    public Optional<String> trouble() {
        return rounds.fault().map(fault -> "stand still: " + fault.getMessage());
    }

    private long round() {
        for (var waiting : lot.waiting()) {
            if (!rounds.isOpen()) {
                break;
            }
            if (isDue(waiting)) {
                processors.follower(waiting.processor()).ifPresent(follower -> replay(waiting, follower));
            }
        }
        return POLL.toNanos();
    }

    private boolean isDue(Waiting waiting) {
        return !waiting.nextTry().isAfter(clock.instant())
                || waiting.awaited().filter(this::isThere).isPresent();
    }

    private boolean isThere(Awaited awaited) {
        return database.getCollection(awaited.collection())
                        .find(Filters.eq(awaited.id()))
                        .first()
                != null;
    }

    private void replay(Waiting waiting, Followers.Follower follower) {
        try {
            int handled = lot.replay(
                    waiting.processor(), waiting.sequence(), parked -> lifecycle.handle(follower, parked.event()));
            if (handled > 0) {
                LOG.info("processor {} has handled {} events that were parked", waiting.processor(), handled);
            }
        } catch (RuntimeException e) {
            var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            DatabaseFaults.in(cause).ifPresent(fault -> {
                throw fault;
            });
            // The missing document exists now, so the failure has another cause.
            var missing = NotThereYet.awaited(cause).filter(awaited -> !isThere(awaited));
            lot.failed(waiting, cause.toString(), missing);
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
