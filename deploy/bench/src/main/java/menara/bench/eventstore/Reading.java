package menara.bench.eventstore;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import menara.bench.Latencies;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.bson.Document;

/** Reads from the {@link FilledLog} by engines that were opened on it after it was filled, and by the plain driver beside them. */
final class Reading {

    private static final long SOURCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_000);
    private static final long REPLAY_NANOS = TimeUnit.MILLISECONDS.toNanos(3_000);
    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** Commit documents in one answer of a scan; all of them at once would be more than an answer may hold. */
    private static final int SCAN_BATCH = 500;

    private final MongoDatabase database;

    Reading(MongoDatabase database) {
        this.database = database;
    }

    /**
     * @param cold the first sourcing of a meter by this engine
     * @param warm the second
     */
    record Sourcing(Latencies cold, Latencies warm) {}

    Sourcing source() {
        source(WARM_UP_NANOS); // the code, with an engine of its own
        return source(SOURCE_NANOS);
    }

    private Sourcing source(long nanos) {
        var measured = new Sourcing(new Latencies(), new Latencies());
        var random = RandomGenerator.getDefault();
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            try (var engine = Rates.engine(database)) {
                int first = random.nextInt(FilledLog.METERS);
                for (int i = 0; i < FilledLog.METERS && System.nanoTime() < end; i++) {
                    int meter = (first + i) % FilledLog.METERS;
                    measured.cold().add(source(engine, meter));
                    measured.warm().add(source(engine, meter));
                }
            }
        }
        return measured;
    }

    private static long source(MongoEventStorageEngine engine, int meter) {
        long start = System.nanoTime();
        var condition = SourcingCondition.conditionFor(EventCriteria.havingTags(Events.tag(meter)));
        int found = engine.source(condition, null)
                .reduce(0, (count, entry) -> entry.message() instanceof TerminalEventMessage ? count : count + 1)
                .join();
        long took = System.nanoTime() - start;
        if (found != FilledLog.EVENTS_PER_METER) {
            throw new IllegalStateException("meter %d has %d events".formatted(meter, found));
        }
        return took;
    }

    /** Events per second from the first token to the head, by a fresh engine each time; payloads are not deserialized. */
    double replay() {
        replay(WARM_UP_NANOS);
        return replay(REPLAY_NANOS);
    }

    private double replay(long nanos) {
        long events = 0;
        long spent = 0;
        while (spent < nanos) {
            try (var engine = Rates.engine(database)) {
                long start = System.nanoTime();
                events += replay(engine);
                spent += System.nanoTime() - start;
            }
        }
        return events * 1e9 / spent;
    }

    private static long replay(MongoEventStorageEngine engine) {
        var first = engine.firstToken(null).join();
        var stream = engine.stream(StreamingCondition.startingFrom(first), null);
        long count = 0;
        while (stream.next().isPresent()) {
            count++;
        }
        if (count != FilledLog.EVENTS) {
            throw new IllegalStateException("%d events replayed, %s".formatted(count, stream.error()));
        }
        return count;
    }

    /** Events of one commit document on average. */
    double eventsPerCommit() {
        return (double) FilledLog.EVENTS / database.getCollection("events").countDocuments();
    }

    /** Documents per second in a plain scan of a document for each event. */
    double scan() {
        long documents = 0;
        long start = System.nanoTime();
        long spent = 0;
        while (spent < REPLAY_NANOS) {
            for (var _ : database.getCollection("plain").find().batchSize(SCAN_BATCH)) {
                documents++;
            }
            spent = System.nanoTime() - start;
        }
        return documents * 1e9 / spent;
    }

    /** Makes a collection with a document for each event. */
    void fillPlain() {
        var plain = database.getCollection("plain");
        for (int reading = 0; reading < FilledLog.EVENTS_PER_METER; reading++) {
            var batch = new ArrayList<Document>(FilledLog.METERS);
            for (int meter = 0; meter < FilledLog.METERS; meter++) {
                batch.add(Events.document((long) reading * FilledLog.METERS + meter, meter, reading));
            }
            plain.insertMany(batch);
        }
    }

    /** Reads as many documents as a meter has events, when their keys are known already: the floor for sourcing. */
    Latencies findByIds() {
        var found = new Latencies();
        var random = RandomGenerator.getDefault();
        long end = System.nanoTime() + SOURCE_NANOS;
        while (System.nanoTime() < end) {
            int meter = random.nextInt(FilledLog.METERS);
            var ids = new ArrayList<Long>();
            for (int reading = 0; reading < FilledLog.EVENTS_PER_METER; reading++) {
                ids.add((long) reading * FilledLog.METERS + meter);
            }
            long start = System.nanoTime();
            var documents =
                    database.getCollection("plain").find(Filters.in("_id", ids)).into(new ArrayList<>());
            found.add(System.nanoTime() - start);
            if (documents.size() != FilledLog.EVENTS_PER_METER) {
                throw new IllegalStateException(List.copyOf(ids) + " not all found");
            }
        }
        return found;
    }
}
