package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import menara.embeddedmongodb.EmbeddedMongo;
import org.awaitility.Awaitility;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Server and writer are killed again and again, sometimes the one, sometimes the other, at random moments. What was acknowledged is
 * there once, whole and in order; what was not acknowledged is there once and whole, or not at all. {@code -Dmenara.kills=1000}
 * makes it long.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("menara.kills", 8);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acknowledgedInAll = new AtomicInteger();

    /** Transactions that were found in the log, by {@code run/thread}: they come in order, so the next one is known. */
    private final Map<String, Integer> found = new HashMap<>();

    private long verified;

    @Test
    void whatever_is_killed_every_acknowledged_event_is_there_once_and_nothing_in_part() throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("KillTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        var server = startServer("0");
        var port = server.address().substring(server.address().lastIndexOf(':') + 1);
        int run = 0;
        var writer = startWriter(server.address(), run);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                int target = acknowledgedInAll.get() + 1 + random.nextInt(400);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(2))
                        .atMost(LIMIT)
                        .until(() -> acknowledgedInAll.get() >= target);
                if (random.nextInt(3) == 0) {
                    writer.kill();
                    writer = startWriter(server.address(), ++run);
                } else {
                    server.process().kill();
                    server = startServer(port);
                }
                verify(server.address());
            }
            writer.kill();
            verify(server.address());
            System.out.printf(
                    "KillTest %d kills, %d transactions acknowledged, %d events%n",
                    KILLS, acknowledgedInAll.get(), verified);
        } finally {
            writer.kill();
            server.process().kill();
        }
    }

    private record Server(ChildProcess process, String address) {}

    private Server startServer(String port) throws IOException, InterruptedException {
        var address = new LinkedBlockingQueue<String>();
        var process = ChildProcess.start(
                EmbeddedMongo.class.getName(),
                line -> {
                    if (line.startsWith("listening on ")) {
                        address.add(line.substring("listening on ".length()));
                    }
                },
                "--data",
                directory.resolve("data.mv").toString(),
                "--no-users",
                "--port",
                port);
        var listening = address.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(listening).as("the server has started").isNotNull();
        return new Server(process, listening);
    }

    private ChildProcess startWriter(String address, int run) throws IOException {
        return ChildProcess.start(
                KillWriter.class.getName(),
                line -> {
                    if (line.startsWith("stored ")) {
                        acknowledged.add(line.substring("stored ".length()));
                        acknowledgedInAll.incrementAndGet();
                    }
                },
                address,
                Integer.toString(run));
    }

    /** Reads on from where the last look ended. What was acknowledged before this look began must be found by it. */
    private void verify(String address) {
        var due = new HashSet<>(acknowledged);
        try (var client = MongoClients.create(address);
                var engine = MongoEventStorageEngine.builder(client.getDatabase("kill"), CONVERTER)
                        .open()) {
            var stream =
                    engine.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(verified)), null);
            int part = 0;
            var transaction = "";
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                long position = TrackingToken.fromContext(next.get())
                        .orElseThrow()
                        .position()
                        .orElseThrow();
                assertThat(position).as("no gap").isEqualTo(verified + 1);
                verified = position;
                var payload = TestEvents.payload(next.get().message()).split("/");
                var writer = payload[0] + "/" + payload[1];
                assertThat(Integer.parseInt(payload[2]))
                        .as("next transaction of %s", writer)
                        .isEqualTo(found.getOrDefault(writer, 0));
                assertThat(Integer.parseInt(payload[3]))
                        .as("next event of %s/%s", writer, payload[2])
                        .isEqualTo(part);
                assertThat(part == 0 || transaction.equals(writer))
                        .as("a transaction stands together")
                        .isTrue();
                transaction = writer;
                part++;
                if (part == Integer.parseInt(payload[4])) {
                    found.merge(writer, 1, Integer::sum);
                    part = 0;
                }
            }
            assertThat(stream.error()).isEmpty();
            assertThat(part).as("the log ends with a whole transaction").isZero();
            assertThat(due).as("acknowledged and not in the log").allMatch(this::isFound);
            acknowledged.removeAll(due);
        }
    }

    /** Whether an earlier look has seen it counts as well: a transaction can be in the log before its writer has said so. */
    private boolean isFound(String transaction) {
        int number = transaction.lastIndexOf('/');
        return Integer.parseInt(transaction.substring(number + 1))
                < found.getOrDefault(transaction.substring(0, number), 0);
    }
}
