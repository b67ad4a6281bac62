package menara.billing.metering;

import static java.util.Objects.requireNonNull;
import static menara.billing.metering.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.metering.UsagePartition.Verdict.CONFLICT;
import static menara.billing.metering.UsagePartition.Verdict.DUPLICATE;
import static menara.billing.metering.UsagePartition.Verdict.NOTHING_TO_SUPERSEDE;
import static menara.billing.metering.UsagePartition.Verdict.RETRACTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/** An event is known for all time, also when its key is not in memory any more, whoever sealed it and wherever that was broken off. */
class UsageKeysTest {

    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final Period HOUR = new Period(NOW.minusSeconds(7_200), NOW.minusSeconds(3_600));
    private static final List<TenantId> PARTIES = List.of(new TenantId("atlas-ai"), new TenantId("rif-bio"));
    private static final List<String> SOURCES = List.of("/a", "/b", "/c");
    private static final int HISTORIES = 60;
    private static final int STEPS = 60;
    private static final int IDS = 40;

    /** What is said of an event: its content, and who has taken its place, by party, source and id. */
    private static final class Model {

        private record Event(long quantity, boolean retraction, String named) {}

        private final Map<String, Event> events = new HashMap<>();
        private final Map<String, String> successors = new HashMap<>();

        private static String name(UsageEntry entry, String id) {
            return entry.party().value() + " " + entry.event().key().source() + " " + id;
        }

        UsagePartition.Verdict judge(UsageEntry entry) {
            var event = entry.event();
            var name = name(entry, event.key().id());
            var named = event.supersedes();
            var said =
                    new Event(event.quantity(), event.kind() == UsageEvent.Kind.RETRACTION, named == null ? "" : named);
            var before = events.get(name);
            if (before != null) {
                return before.equals(said) ? DUPLICATE : CONFLICT;
            }
            if (named != null) {
                var last = name(entry, named);
                while (successors.containsKey(last)) {
                    last = successors.get(last);
                }
                if (!events.containsKey(last)) {
                    return NOTHING_TO_SUPERSEDE;
                }
                if (events.get(last).retraction()) {
                    return RETRACTED;
                }
                successors.put(last, name);
            }
            events.put(name, said);
            return ACCEPTED;
        }
    }

    @Test
    void whatever_was_accepted_is_known_after_any_number_of_pieces_restarts_and_instances() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("UsageKeysTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int history = 0; history < HISTORIES; history++) {
            var database = TestDatabases.fresh();
            var model = new Model();
            var instances = new ArrayList<>(List.of(open(database), open(database)));
            for (int step = 0; step < STEPS; step++) {
                int which = random.nextInt(instances.size());
                switch (random.nextInt(8)) {
                    case 0 -> instances.set(which, open(database));
                    case 1 -> instances.get(which).partitions().forEach(UsagePartition::seal);
                    default -> {
                        var batch = batch(random);
                        var expected = batch.stream().map(model::judge).toList();
                        assertThat(instances.get(which).take(batch, NOW).verdicts())
                                .as("seed %d history %d step %d", seed, history, step)
                                .isEqualTo(expected);
                    }
                }
            }
            hold(open(database), model, "seed %d history %d".formatted(seed, history));
        }
    }

    private static void hold(UsageLog log, Model model, String told) {
        for (var party : PARTIES) {
            for (var source : SOURCES) {
                for (int id = 0; id < IDS; id++) {
                    var name = party.value() + " " + source + " " + id;
                    var found = log.find(party, new UsageKey(source, "" + id));
                    assertThat(found.isPresent()).as(told).isEqualTo(model.events.containsKey(name));
                    found.ifPresent(one -> {
                        assertThat(one.entry().event().quantity())
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
        return new UsageLog(database, Metered::meter, UUID::randomUUID, Metered.EVENTS_PER_PIECE);
    }

    private static List<UsageEntry> batch(SplittableRandom random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> {
                    var named = random.nextInt(3) == 0 ? "" + random.nextInt(IDS) : null;
                    boolean retraction = named != null && random.nextInt(4) == 0;
                    return UsageEntry.of(
                            PARTIES.get(random.nextInt(PARTIES.size())),
                            new UsageEvent(
                                    new UsageKey(SOURCES.get(random.nextInt(SOURCES.size())), "" + random.nextInt(IDS)),
                                    retraction ? UsageEvent.Kind.RETRACTION : UsageEvent.Kind.OCCUPIED,
                                    CONTRACT,
                                    Series.of(Meter.GPU_HOUR),
                                    HOUR,
                                    retraction ? 0 : 1 + random.nextInt(2),
                                    "",
                                    named),
                            ZoneOffset.UTC);
                })
                .toList();
    }

    private static List<UsageEntry> jobs(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> UsageEntry.of(
                        PARTIES.getFirst(),
                        new UsageEvent(
                                new UsageKey("/a", "job-" + i),
                                UsageEvent.Kind.OCCUPIED,
                                CONTRACT,
                                Series.of(Meter.GPU_HOUR),
                                HOUR,
                                i,
                                "",
                                null),
                        ZoneOffset.UTC))
                .toList();
    }

    @Test
    void sealing_that_was_broken_off_is_done_again_and_leaves_nothing_behind() {
        var whole = TestDatabases.fresh();
        fill(open(whole));
        long documents = whole.getCollection("usage_keys").countDocuments();
        for (int kept = 0; kept < documents; kept++) {
            var database = TestDatabases.fresh();
            fill(open(database));
            // As if the writer had died: the head was not written, nor the last of what comes before it.
            var keys = database.getCollection("usage_keys");
            var heads = keys.find().into(new ArrayList<>()).stream()
                    .filter(one -> one.containsKey("filter"))
                    .toList();
            for (var head : heads) {
                keys.deleteOne(Filters.eq("_id", head.getString("_id")));
                keys.insertOne(new Document("_id", head.getString("_id") + "|attempts")
                        .append("writers", List.of(head.getString("writer"))));
            }
            keys.find().into(new ArrayList<>()).stream()
                    .filter(one -> one.containsKey("facts"))
                    .skip(kept)
                    .forEach(one -> keys.deleteOne(Filters.eq("_id", one.getString("_id"))));

            var again = open(database);
            assertThat(again.take(jobs(0, 40), NOW).verdicts()).containsOnly(DUPLICATE);
            while (again.partitions().stream().anyMatch(UsagePartition::seal)) {
                // until all is sealed
            }
            assertThat(keys.countDocuments()).isEqualTo(documents);
            assertThat(open(database).take(jobs(0, 40), NOW).verdicts()).containsOnly(DUPLICATE);
        }
    }

    private static void fill(UsageLog log) {
        for (int from = 0; from < 40; from += 5) {
            assertThat(log.take(jobs(from, from + 5), NOW).verdicts()).containsOnly(ACCEPTED);
        }
        while (log.partitions().stream().anyMatch(UsagePartition::seal)) {
            // until all is sealed
        }
    }

    @Test
    void a_document_that_could_not_be_read_when_it_was_sealed_is_known_once_it_is_mended() {
        var database = TestDatabases.fresh();
        open(database).take(jobs(0, 5), NOW);
        var documents = database.getCollection("usage_log");
        var damaged = requireNonNull(documents.find().first());
        var events = damaged.get("events", Binary.class);
        documents.updateOne(
                Filters.eq("_id", damaged.getString("_id")), Updates.set("events", new Binary(new byte[] {9})));

        var log = open(database);
        for (int from = 5; from < 40; from += 5) {
            log.take(jobs(from, from + 5), NOW);
        }
        while (log.partitions().stream().anyMatch(UsagePartition::seal)) {
            // until all is sealed
        }
        documents.updateOne(Filters.eq("_id", damaged.getString("_id")), Updates.set("events", events));

        assertThat(open(database).take(jobs(0, 40), NOW).verdicts()).containsOnly(DUPLICATE);
    }
}
