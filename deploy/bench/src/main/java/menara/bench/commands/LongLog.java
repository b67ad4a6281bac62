package menara.bench.commands;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.bench.Child;
import menara.bench.Report;
import menara.bench.Server;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * The service beside a log that is there: how long two processes need for readings that one process works through alone, and how long a
 * process takes to start, from its JVM to its first command, when the log has a million events. Both are started as {@code ./menara up} does.
 */
public final class LongLog {

    /** Readings that are worked through in one go; each makes two documents. */
    private static final int READINGS = 20_000;

    private static final int EVENTS = 1_000_000;
    private static final int METERS = 2_000;
    private static final int PER_COMMIT = 200;
    private static final int TURNS = 3;
    private static final int STARTS = 3;
    private static final long GIVE_UP_SECONDS = 180;
    private static final String HEAP = "512m";
    private static final String NOTE = "x".repeat(100);
    private static final MessageType READ = new MessageType("menara.bench", "MeterRead", "1");
    private static final MessageType CHECKED = new MessageType("menara.bench", "MeterChecked", "1");

    private final Server server;
    private final MongoDatabase database;
    private final MongoEventStorageEngine log;
    private long appended;

    private LongLog(Server server, MongoEventStorageEngine log) {
        this.server = server;
        this.database = server.database(MeterService.DATABASE);
        this.log = log;
    }

    public static void measure(Report report, Server server)
            throws IOException, InterruptedException, ExecutionException {
        var database = server.database(MeterService.DATABASE);
        try (var log = MongoEventStorageEngine.builder(database, PassThroughConverter.INSTANCE)
                .open()) {
            var longLog = new LongLog(server, log);
            longLog.measureSharing(report);
            longLog.measureStart(report);
        } finally {
            database.drop();
        }
    }

    private void measureSharing(Report report) throws IOException, InterruptedException, ExecutionException {
        double alone = 0;
        double together = 0;
        try (var one = started()) {
            one.await(MeterProcess.READY);
            workThrough(); // warms it up
            for (int turn = 0; turn < TURNS; turn++) {
                alone += workThrough() / TURNS;
            }
            try (var other = started()) {
                other.await(MeterProcess.READY);
                awaitSharing();
                workThrough();
                for (int turn = 0; turn < TURNS; turn++) {
                    together += workThrough() / TURNS;
                }
            }
        }
        report.add("replay-one-per-s", READINGS / alone, "events/s");
        report.add("replay-two-per-s", READINGS / together, "events/s");
        report.atMost("replay-two-vs-one", together / alone, "ratio", 0.65);
    }

    private void measureStart(Report report) throws IOException, InterruptedException, ExecutionException {
        double empty = startSeconds();
        while (log.head() < EVENTS) {
            append(CHECKED);
        }
        double seconds = startSeconds();
        report.add("start-short-log-s", empty, "s");
        report.atMost("start-1m-s", seconds, "s", 5);
    }

    /** The middle one of several. */
    private double startSeconds() throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            try (var process = started()) {
                process.await(MeterProcess.READY);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        return seconds.stream().sorted().toList().get(STARTS / 2);
    }

    private Child started() throws IOException {
        return Child.service(HEAP, MeterProcess.class, server.uri());
    }

    /** Seconds until each of some new readings has its document. */
    private double workThrough() throws InterruptedException, ExecutionException {
        var readings = database.getCollection(MeterService.READINGS);
        long expected = readings.estimatedDocumentCount() + READINGS;
        long start = System.nanoTime();
        for (int i = 0; i < READINGS; i += PER_COMMIT) {
            append(READ);
        }
        await(() -> readings.estimatedDocumentCount() >= expected, "the readings are not all there");
        return (System.nanoTime() - start) / 1e9;
    }

    private void awaitSharing() {
        await(
                () -> database.getCollection("tokens").distinct("owner", String.class).into(new ArrayList<>()).stream()
                                .filter(owner -> owner != null)
                                .count()
                        == 2,
                "the two processes do not share the segments");
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String otherwise) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("%s after %d s".formatted(otherwise, GIVE_UP_SECONDS));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void append(MessageType type) throws InterruptedException, ExecutionException {
        List<TaggedEventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < PER_COMMIT; i++) {
            var meter = new UUID(appended % METERS, 0);
            var payload = "{\"meter\":\"%s\",\"register\":%d,\"reading\":%d,\"note\":\"%s\"}"
                    .formatted(meter, appended, appended / METERS, NOTE)
                    .getBytes(StandardCharsets.UTF_8);
            events.add(new GenericTaggedEventMessage<>(
                    new GenericEventMessage(new UUID(1, appended).toString(), type, payload, Map.of(), Instant.EPOCH),
                    Set.of(new Tag("meter", meter.toString()))));
            appended++;
        }
        log.appendEvents(AppendCondition.none(), null, events)
                .get()
                .commit(null)
                .get();
    }
}
