package menara.billing.usage.log;

import static menara.billing.usage.log.UsageEvents.NOW;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.billing.metering.Metered;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.keys.KeyDocuments;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** A process is killed while it takes usage in, seals, merges and goes on in more partitions. */
class UsageKillTest {

    private static final int KILLS = Integer.getInteger("menara.billing.kills", 4);
    private static final int BATCH = 5;
    private static final int MAX_BATCHES_BEFORE_KILL = 60;
    private static final int MAX_PARTITIONS = 16;
    private static final long KEEPING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void nothing_acknowledged_is_lost_nothing_counts_twice_and_nothing_is_left_behind() throws Exception {
        long seed = Seeds.of(UsageKillTest.class);
        var random = new SplittableRandom(seed);
        try (var mongo = EmbeddedMongoServer.inMemory(0);
                var client = MongoClients.create(mongo.connectionString())) {
            int acknowledged = 0;
            int partitions = UsageLayout.FIRST;
            for (int kill = 0; kill < KILLS; kill++) {
                acknowledged = runAndKill(
                        mongo.connectionString(),
                        partitions,
                        acknowledged,
                        1 + random.nextInt(MAX_BATCHES_BEFORE_KILL));
                partitions = Math.min(2 * partitions, MAX_PARTITIONS);
            }
            var database = client.getDatabase("killed");
            var log = open(database, UsageLayout.FIRST);
            for (int batch = 0; batch < acknowledged; batch++) {
                assertThat(log.ingest(batch(batch), NOW).verdicts())
                        .as("seed %d batch %d", seed, batch)
                        .containsOnly(DUPLICATE);
            }
            keep(log);
            KeyDocuments.holdNothingThatNobodyReads(database);
            long stored = log.partitions().stream()
                    .mapToLong(partition -> partition
                            .entries(partition.begin(), partition.end(), UsageDocuments.Unreadable.IGNORED)
                            .size())
                    .sum();
            // The last batch of each run may have been accepted although nobody heard of it.
            assertThat(stored).isBetween((long) acknowledged * BATCH, (long) (acknowledged + 1) * BATCH);
        }
    }

    /** @return batches that were acknowledged, from the first one on */
    private static int runAndKill(String uri, int partitions, int first, int batches) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UsageKillTest.class.getName(),
                        uri,
                        Integer.toString(partitions),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = first;
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("acknowledged ")) {
                    acknowledged = Integer.parseInt(line.substring("acknowledged ".length()));
                    if (acknowledged >= first + batches) {
                        process.toHandle().destroyForcibly(); // what it has written meanwhile is read to its end
                    }
                }
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(first + batches);
        return acknowledged;
    }

    private static UsageLog open(MongoDatabase database, int partitions) {
        return new UsageLog(database, Metered::meter, UUID::randomUUID, Metered.EVENTS_PER_PIECE, partitions);
    }

    private static void keep(UsageLog log) {
        for (var partition : log.partitions()) {
            while (partition.seal() || partition.merge()) {
                // until all is sealed and merged
            }
        }
    }

    /** The process: takes batches in from one on, and seals and merges beside it, until it is killed. */
    static void main(String[] arguments) {
        try (var client = MongoClients.create(arguments[0])) {
            var log = open(client.getDatabase("killed"), Integer.parseInt(arguments[1]));
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    keep(log);
                    LockSupport.parkNanos(KEEPING_NANOS);
                }
            });
            for (int batch = Integer.parseInt(arguments[2]); ; batch++) {
                var verdicts = log.ingest(batch(batch), NOW).verdicts();
                if (!verdicts.stream().allMatch(ACCEPTED::equals)
                        && !verdicts.stream().allMatch(DUPLICATE::equals)) {
                    throw new IllegalStateException("batch %d was told %s".formatted(batch, verdicts));
                }
                System.out.println("acknowledged " + (batch + 1));
            }
        }
    }

    private static List<UsageEntry> batch(int number) {
        return UsageEvents.jobs("/cluster/" + number % 2, number * BATCH, (number + 1) * BATCH);
    }
}
