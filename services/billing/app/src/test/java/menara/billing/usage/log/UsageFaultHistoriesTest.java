package menara.billing.usage.log;

import static menara.billing.usage.log.FaultyDatabase.open;
import static menara.billing.usage.log.UsageEvents.CONTRACT;
import static menara.billing.usage.log.UsageEvents.NOW;
import static menara.billing.usage.log.UsageEvents.PARTY;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.NOTHING_TO_SUPERSEDE;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import menara.billing.metering.Metered;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.testkit.Seeds;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two instances take usage in over connections that lose, delay and repeat. Whatever they answer is true of the log that is there in the
 * end, and what is in it counts as the model says. Elections, stale primaries and killed processes are played with the commit log that usage
 * stands on: the event store's simulation writes logs of keys with it, which it judges as usage is judged. Sealed keys and counting are proven here.
 */
class UsageFaultHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("menara.billing.fault-histories", 10);
    private static final int WRITERS = 4;
    private static final int REQUESTS = 20;
    private static final int MAX_BATCH = 4;
    private static final int IDS = 40;
    private static final List<String> SOURCES = List.of("/a", "/b");
    private static final long MILLIS_PER_HOUR = 3_600_000;

    /**
     * A request that was answered.
     *
     * @param known keys of which somebody had been told that they stand, before it was sent
     */
    private record Answered(List<UsageEntry> entries, List<UsagePartition.Verdict> verdicts, Set<Hash128> known) {}

    /**
     * What a history leaves behind.
     *
     * @param unanswered keys of requests that got no answer
     */
    private record Told(Queue<Answered> answered, Set<Hash128> unanswered) {

        Told() {
            this(new ConcurrentLinkedQueue<>(), ConcurrentHashMap.newKeySet());
        }
    }

    @Test
    void whatever_is_answered_is_true_of_the_log_and_counts_once() throws Exception {
        long seed = Seeds.of(UsageFaultHistoriesTest.class);
        var random = new Random(seed);
        int faults = 0;
        for (int history = 0; history < HISTORIES; history++) {
            try (var database = new FaultyDatabase()) {
                var told = "seed %d history %d".formatted(seed, history);
                var heard = play(database, random);
                faults += database.proxy().faults.get();
                var model = new UsageModel();
                var stored = stored(database);
                for (var entry : stored) {
                    assertThat(model.judge(entry)).as(told).isEqualTo(ACCEPTED);
                }
                var accepted = assertAreTrue(heard.answered(), model, told);
                assertThat(stored.stream().map(UsageEntry::key))
                        .as("%s: somebody was told of each, or might not have been", told)
                        .allMatch(key ->
                                accepted.contains(key) || heard.unanswered().contains(key));
                assertCounts(database, model, told);
            }
        }
        assertThat(faults).isPositive();
    }

    private static Told play(FaultyDatabase database, Random random) {
        var told = new Told();
        Set<Hash128> known = ConcurrentHashMap.newKeySet();
        try (var one = open(database.faulty());
                var other = open(database.faulty())) {
            var faults = new Random(random.nextLong());
            database.proxy().inject(command -> fault(command, faults));
            Together.run(IntStream.range(0, WRITERS)
                    .<Runnable>mapToObj(writer -> {
                        var own = new Random(random.nextLong());
                        return () -> write(writer % 2 == 0 ? one : other, own, known, told);
                    })
                    .toList());
        } finally {
            database.loseNothing();
        }
        return told;
    }

    private static @Nullable Fault fault(String command, Random random) {
        synchronized (random) {
            return switch (command) {
                case "insert" ->
                    switch (random.nextInt(16)) {
                        case 0 -> Fault.LOST_BEFORE;
                        case 1, 2 -> Fault.REPLY_LOST;
                        case 3 -> Fault.REPLY_LOST_AND_SILENCE;
                        case 4 -> Fault.TWICE;
                        case 5, 6 -> Fault.DELAYED;
                        default -> null;
                    };
                case "find" -> random.nextInt(20) == 0 ? Fault.DELAYED : null;
                default -> null;
            };
        }
    }

    private static void write(UsageLog log, Random random, Set<Hash128> known, Told told) {
        for (int request = 0; request < REQUESTS; request++) {
            var batch = IntStream.range(0, 1 + random.nextInt(MAX_BATCH))
                    .mapToObj(_ -> entry(random))
                    .toList();
            var before = Set.copyOf(known);
            try {
                var verdicts = log.ingest(batch, NOW).verdicts();
                told.answered().add(new Answered(batch, verdicts, before));
                IntStream.range(0, batch.size())
                        .filter(i -> verdicts.get(i) == ACCEPTED)
                        .forEach(i -> known.add(batch.get(i).key()));
            } catch (EventStoreException | MongoException _) {
                batch.forEach(entry -> told.unanswered().add(entry.key()));
            }
            if (random.nextInt(8) == 0) {
                seal(log);
            }
        }
    }

    private static void seal(UsageLog log) {
        try {
            log.partitions().forEach(partition -> {
                partition.seal();
                partition.merge();
            });
        } catch (MongoException _) {
            // it is tried again by whoever comes next
        }
    }

    private static UsageEntry entry(Random random) {
        var named = random.nextInt(3) == 0 ? "" + random.nextInt(IDS) : null;
        var key = new UsageKey(SOURCES.get(random.nextInt(SOURCES.size())), "" + random.nextInt(IDS));
        return named != null && random.nextInt(4) == 0
                ? UsageEvents.retracted(PARTY, key, named)
                : UsageEvents.occupied(PARTY, key, 1 + random.nextInt(2), named);
    }

    /** What every reader finds, in the order of each partition. */
    private static List<UsageEntry> stored(FaultyDatabase database) {
        var entries = new ArrayList<UsageEntry>();
        try (var log = open(database.direct())) {
            for (var partition : log.partitions()) {
                entries.addAll(partition.entries(0, partition.end(), UsageDocuments.Unreadable.IGNORED));
            }
        }
        return entries;
    }

    /** @return keys of those that were called accepted */
    private static Set<Hash128> assertAreTrue(Queue<Answered> answered, UsageModel model, String told) {
        var accepted = new ArrayList<Hash128>();
        for (var request : answered) {
            for (int i = 0; i < request.entries().size(); i++) {
                var entry = request.entries().get(i);
                var verdict = request.verdicts().get(i);
                switch (verdict) {
                    case ACCEPTED -> {
                        accepted.add(entry.key());
                        assertThat(model.holds(entry)).as("%s %s", told, entry).isTrue();
                    }
                    case DUPLICATE ->
                        assertThat(model.holds(entry)).as("%s %s", told, entry).isTrue();
                    case CONFLICT ->
                        assertThat(model.judge(entry)).as("%s %s", told, entry).isEqualTo(verdict);
                    case NOTHING_TO_SUPERSEDE ->
                        assertThat(request.known())
                                .as("%s %s %s", told, NOTHING_TO_SUPERSEDE, entry)
                                .doesNotContain(superseded(entry));
                    case RETRACTED, TOO_OFTEN_CORRECTED ->
                        assertThat(model.isRetracted(entry))
                                .as("%s %s", told, entry)
                                .isTrue();
                }
            }
        }
        assertThat(accepted).as(told).doesNotHaveDuplicates();
        return Set.copyOf(accepted);
    }

    private static Hash128 superseded(UsageEntry entry) {
        return entry.event().superseded().orElseThrow().of(PARTY.value());
    }

    private static void assertCounts(FaultyDatabase database, UsageModel model, String told) {
        var instance = Metered.on(database.direct(), NOW);
        instance.countAll();
        var replaced = model.successors.keySet();
        long expected = model.events.entrySet().stream()
                .filter(event -> !replaced.contains(event.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(UsageModel.Event::quantity)
                .sum();
        assertThat(instance.total(CONTRACT, ZoneOffset.UTC, YearMonth.of(2026, 3), 1, Instant.MAX))
                .as(told)
                .isEqualTo(BigInteger.valueOf(expected * MILLIS_PER_HOUR));
    }
}
