package menara.billing.usage.log;

import static java.util.Objects.requireNonNull;
import static menara.billing.usage.log.UsageEvents.NOW;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.metering.Metered;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.keys.KeyDocuments;
import menara.testkit.Seeds;
import menara.values.TenantId;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/** An event is known for all time, also when its key is not in memory any more, whoever sealed it and wherever that was broken off. */
class UsageKeysTest {

    private static final List<TenantId> PARTIES = List.of(UsageEvents.PARTY, new TenantId("rif-bio"));
    private static final List<String> SOURCES = List.of("/a", "/b", "/c");
    private static final int HISTORIES = Integer.getInteger("menara.billing.key-histories", 12);
    private static final int STEPS = 60;
    private static final int IDS = 40;
    private static final int EVENTS = 90;
    private static final int LINE = 60;
    private static final int LIMIT_SECONDS = 20;
    private static final int RACE_ROUNDS = 20;
    private static final int CRASHES = Integer.getInteger("menara.billing.key-crashes", 8);
    private static final int MAX_PARTITIONS = 16;

    @Test
    void whatever_was_accepted_is_known_after_any_number_of_pieces_restarts_instances_and_partitions() {
        long seed = Seeds.of(UsageKeysTest.class);
        var random = new SplittableRandom(seed);
        for (int history = 0; history < HISTORIES; history++) {
            var database = TestDatabases.fresh();
            var model = new UsageModel();
            var instances = new ArrayList<>(List.of(open(database), open(database)));
            int partitions = UsageLayout.FIRST;
            for (int step = 0; step < STEPS; step++) {
                int which = random.nextInt(instances.size());
                switch (random.nextInt(9)) {
                    case 0 -> instances.set(which, open(database, partitions));
                    case 1 ->
                        instances.get(which).partitions().forEach(partition -> {
                            partition.seal();
                            partition.merge();
                        });
                    case 2 -> {
                        // The other instance goes on as if nothing had happened.
                        partitions = random.nextInt(4) == 0 ? Math.min(2 * partitions, MAX_PARTITIONS) : partitions;
                        instances.set(which, open(database, partitions));
                    }
                    default -> {
                        var batch = batch(random);
                        var expected = batch.stream().map(model::judge).toList();
                        assertThat(instances.get(which).ingest(batch, NOW).verdicts())
                                .as("seed %d history %d step %d", seed, history, step)
                                .isEqualTo(expected);
                    }
                }
            }
            hold(open(database), model, "seed %d history %d".formatted(seed, history));
        }
    }

    private static void hold(UsageLog log, UsageModel model, String told) {
        for (var party : PARTIES) {
            for (var source : SOURCES) {
                for (int id = 0; id < IDS; id++) {
                    var name = party.value() + " " + source + " " + id;
                    var found = log.find(party, new UsageKey(source, "" + id));
                    assertThat(found.isPresent()).as(told).isEqualTo(model.events.containsKey(name));
                    found.ifPresent(one -> {
                        assertThat(UsageModel.quantity(one.entry().event()))
                                .as(told)
                                .isEqualTo(
                                        requireNonNull(model.events.get(name)).quantity());
                        var by = one.supersededBy();
                        assertThat(by == null ? null : party.value() + " " + source + " " + by.id())
                                .as(told)
                                .isEqualTo(model.successors.get(name));
                    });
                }
            }
        }
    }

    private static UsageLog open(MongoDatabase database) {
        return open(database, UsageLayout.FIRST);
    }

    private static UsageLog open(MongoDatabase database, int partitions) {
        return new UsageLog(database, Metered::meter, UUID::randomUUID, Metered.EVENTS_PER_PIECE, partitions);
    }

    private static List<UsageEntry> batch(SplittableRandom random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> {
                    var named = random.nextInt(3) == 0 ? "" + random.nextInt(IDS) : null;
                    var party = PARTIES.get(random.nextInt(PARTIES.size()));
                    var key = new UsageKey(SOURCES.get(random.nextInt(SOURCES.size())), "" + random.nextInt(IDS));
                    return named != null && random.nextInt(4) == 0
                            ? UsageEvents.retracted(party, key, named)
                            : UsageEvents.occupied(party, key, 1 + random.nextInt(2), named);
                })
                .toList();
    }

    private static List<UsageEntry> jobs(int from, int until) {
        return UsageEvents.jobs("/a", from, until);
    }

    @Test
    void sealing_or_merging_that_was_broken_off_is_done_again_and_leaves_nothing_behind() {
        var whole = TestDatabases.fresh();
        fill(open(whole));
        assertThat(KeyDocuments.ids(whole)).as("something is merged").anyMatch(id -> id.matches("\\d+\\|1\\|.*"));
        long seed = Seeds.of(UsageKeysTest.class);
        var random = new SplittableRandom(seed);
        for (int crash = 0; crash < CRASHES; crash++) {
            var database = TestDatabases.fresh();
            fill(open(database));
            // As if all writers had died: no head was written, nor the last of what comes before it.
            var keys = database.getCollection("usage_keys");
            var heads = keys.find().into(new ArrayList<>()).stream()
                    .filter(one -> one.containsKey("unreadable"))
                    .toList();
            for (var head : heads) {
                keys.deleteOne(Filters.eq("_id", head.getString("_id")));
                keys.insertOne(new Document("_id", head.getString("_id") + "|attempts")
                        .append("writers", List.of(head.getString("writer"))));
            }
            keys.find().into(new ArrayList<>()).stream()
                    .filter(one -> !one.containsKey("writers"))
                    .filter(_ -> random.nextBoolean())
                    .forEach(one -> keys.deleteOne(Filters.eq("_id", one.getString("_id"))));

            var again = open(database);
            assertThat(again.ingest(jobs(0, EVENTS), NOW).verdicts()).containsOnly(DUPLICATE);
            keep(again);
            assertThat(open(database).ingest(jobs(0, EVENTS), NOW).verdicts()).containsOnly(DUPLICATE);
            KeyDocuments.holdNothingThatNobodyReads(database);
        }
    }

    private static void keep(UsageLog log) {
        while (log.partitions().stream()
                .filter(partition -> partition.seal() || partition.merge())
                .findAny()
                .isPresent()) {
            // until all is sealed and merged
        }
    }

    @Test
    void look_ups_ask_few_filters_however_long_the_log_is() {
        var database = TestDatabases.fresh();
        var log = open(database);
        int events = 7 * 8 * 9;
        for (int from = 0; from < events; from += 7) {
            log.ingest(jobs(from, from + 7), NOW);
            keep(log);
        }
        assertThat(log.partitionOf("/a").pieces())
                .as("64 pieces are one, 8 are one")
                .isEqualTo(2);
        assertThat(log.ingest(jobs(0, events), NOW).verdicts()).containsOnly(DUPLICATE);
        var restarted = open(database);
        assertThat(restarted.partitionOf("/a").pieces()).isEqualTo(2);
        assertThat(restarted.ingest(jobs(0, events), NOW).verdicts()).containsOnly(DUPLICATE);
    }

    @Test
    void two_instances_that_seal_and_merge_at_the_same_moment_know_everything_and_leave_nothing_behind() {
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var one = open(database);
            var other = open(database);
            for (int from = 0; from < EVENTS; from += 5) {
                one.ingest(jobs(from, from + 5), NOW);
            }
            other.partitions().forEach(UsagePartition::refresh);
            Together.run(List.of(() -> keep(one), () -> keep(other)));
            for (var instance : List.of(one, other, open(database))) {
                assertThat(instance.ingest(jobs(0, EVENTS), NOW).verdicts()).containsOnly(DUPLICATE);
            }
            KeyDocuments.holdNothingThatNobodyReads(database);
        }
    }

    @Test
    void what_another_instance_sealed_without_having_been_able_to_read_it_is_not_forgotten() {
        var database = TestDatabases.fresh();
        var reading = open(database);
        reading.ingest(jobs(0, 5), NOW);
        var documents = database.getCollection("usage_log");
        documents.updateOne(
                Filters.eq("_id", requireNonNull(documents.find().first()).getString("_id")),
                Updates.set("events", new Binary(new byte[] {9})));
        var sealing = open(database);
        for (int from = 5; from < EVENTS; from += 5) {
            sealing.ingest(jobs(from, from + 5), NOW);
        }
        keep(sealing);

        reading.partitions().forEach(UsagePartition::refresh);
        keep(reading);
        assertThat(reading.ingest(jobs(0, EVENTS), NOW).verdicts()).containsOnly(DUPLICATE);
    }

    @Test
    void a_damaged_document_of_keys_stops_those_who_need_it_and_nobody_beside_them() {
        var database = TestDatabases.fresh();
        var log = open(database);
        fill(log);
        var keys = database.getCollection("usage_keys");
        for (var one : keys.find().into(new ArrayList<>())) {
            if (one.containsKey("facts")) {
                keys.updateOne(
                        Filters.eq("_id", one.getString("_id")), Updates.set("facts", new Binary(new byte[] {9})));
            }
        }
        for (int round = 0; round < RACE_ROUNDS; round++) {
            int fresh = EVENTS + round;
            var needing = CompletableFuture.supplyAsync(() -> log.ingest(jobs(0, 1), NOW));
            assertThat(log.ingest(jobs(fresh, fresh + 1), NOW).verdicts()).containsExactly(ACCEPTED);
            assertThat(needing)
                    .failsWithin(Duration.ofSeconds(LIMIT_SECONDS))
                    .withThrowableThat()
                    .withMessageContaining("usage keys cannot be read");
        }
    }

    @Test
    void a_long_line_of_corrections_is_looked_through_without_keeping_others_waiting() {
        var watched = new Watched();
        try (var client = TestDatabases.client(watched)) {
            var database = client.getDatabase("test_" + UUID.randomUUID());
            var log = open(database);
            log.ingest(jobs(0, 1), NOW);
            for (int i = 1; i <= LINE; i++) {
                assertThat(log.ingest(List.of(correction(i, "job-" + (i - 1))), NOW)
                                .verdicts())
                        .containsExactly(ACCEPTED);
            }
            keep(log);
            watched.at(
                    LINE / 2,
                    () -> assertThat(CompletableFuture.supplyAsync(() -> log.ingest(jobs(LINE + 1, LINE + 2), NOW))
                                    .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                                    .join()
                                    .verdicts())
                            .containsExactly(ACCEPTED));
            var last = log.ingest(List.of(correction(LINE + 2, "job-0")), NOW);
            assertThat(last.verdicts()).containsExactly(ACCEPTED);
            assertThat(watched.isDone())
                    .as("asked as often as the line is long")
                    .isTrue();
            assertThat(log.find(PARTIES.getFirst(), new UsageKey("/a", "job-" + LINE))
                            .orElseThrow()
                            .supersededBy())
                    .isEqualTo(new UsageKey("/a", "job-" + (LINE + 2)));
        }
    }

    private static UsageEntry correction(int number, String of) {
        return UsageEvents.occupied(PARTIES.getFirst(), new UsageKey("/a", "job-" + number), number, of);
    }

    /** Does something while a look-up of keys is under way, once so many were asked for. */
    private static final class Watched implements CommandListener {

        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        private volatile Runnable then = () -> {};

        void at(int lookUps, Runnable work) {
            then = work;
            left.set(lookUps);
        }

        boolean isDone() {
            return left.get() <= 0;
        }

        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("find")
                    && event.getCommand().getString("find").getValue().equals("usage_keys")
                    && left.decrementAndGet() == 0) {
                then.run();
            }
        }
    }

    private static void fill(UsageLog log) {
        for (int from = 0; from < EVENTS; from += 5) {
            assertThat(log.ingest(jobs(from, from + 5), NOW).verdicts()).containsOnly(ACCEPTED);
        }
        keep(log);
    }

    @Test
    void a_document_that_could_not_be_read_when_it_was_sealed_is_known_once_it_is_mended() {
        var database = TestDatabases.fresh();
        open(database).ingest(jobs(0, 5), NOW);
        var documents = database.getCollection("usage_log");
        var damaged = requireNonNull(documents.find().first());
        var events = damaged.get("events", Binary.class);
        documents.updateOne(
                Filters.eq("_id", damaged.getString("_id")), Updates.set("events", new Binary(new byte[] {9})));

        var log = open(database);
        for (int from = 5; from < 40; from += 5) {
            log.ingest(jobs(from, from + 5), NOW);
        }
        keep(log);
        documents.updateOne(Filters.eq("_id", damaged.getString("_id")), Updates.set("events", events));

        assertThat(open(database).ingest(jobs(0, 40), NOW).verdicts()).containsOnly(DUPLICATE);
    }
}
