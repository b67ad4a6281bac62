package menara.bench.eventstore;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.bson.Document;

/**
 * A log of {@value #EVENTS} events of {@value #METERS} meters, {@value #EVENTS_PER_METER} each. They are appended one at a time by
 * {@value #WRITERS} writers who go round their meters, so that the events of one meter lie in as many commits as it has events, and a
 * commit holds what group commit made of the writers' appends.
 */
final class FilledLog {

    static final int METERS = 2_000;
    static final int EVENTS_PER_METER = 100;
    static final int EVENTS = METERS * EVENTS_PER_METER;

    private static final int WRITERS = 64;
    private static final long INDEX_LIMIT_SECONDS = 60;

    /** The end of a log is found by reading it; the index ends at most so many events before the head. */
    private static final int NOT_INDEXED = 10_000;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private FilledLog() {}

    /** Returns when the log is there and its tag index is complete. */
    static void fill(MongoDatabase database) throws InterruptedException, ExecutionException {
        try (var engine = Rates.engine(database);
                var pool = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(pool.submit((Callable<Void>) () -> {
                    write(engine, writer);
                    return null;
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
            awaitIndex(database);
        }
    }

    private static void write(MongoEventStorageEngine engine, int writer)
            throws InterruptedException, ExecutionException {
        ConsistencyMarker last = ConsistencyMarker.ORIGIN;
        for (int reading = 0; reading < EVENTS_PER_METER; reading++) {
            for (int meter = writer; meter < METERS; meter += WRITERS) {
                last = Events.append(engine, Events.nothingNewOf(meter, last), List.of(Events.tagged(meter, reading)));
            }
        }
    }

    /** Reads the engine's own checkpoint, which is not part of its interface: only this bench waits for the index. */
    private static void awaitIndex(MongoDatabase database) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(INDEX_LIMIT_SECONDS);
        var checkpoint = new Document("_id", "checkpoint");
        while (System.nanoTime() < giveUp) {
            var stored = database.getCollection("events_tags").find(checkpoint).first();
            if (stored != null && stored.get("until", Number.class).longValue() >= EVENTS - NOT_INDEXED) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException("the tag index was not complete after %d s".formatted(INDEX_LIMIT_SECONDS));
    }
}
