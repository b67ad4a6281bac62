package menara.billing.usage.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static java.util.Objects.requireNonNull;
import static menara.billing.usage.log.FaultyDatabase.LOG;
import static menara.billing.usage.log.FaultyDatabase.open;
import static menara.billing.usage.log.UsageEvents.NOW;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.metering.Metered;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.UnknownFormat;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is acknowledged is stored once and found by every reader, whatever gets lost between an instance and the database, or in it. */
class UsageCommitTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SOURCE = "/a";
    private static final int PARTITION = Math.floorMod(SOURCE.hashCode(), UsageLayout.FIRST);

    @AutoClose
    private final FaultyDatabase database = new FaultyDatabase();

    private MongoCollection<Document> stored() {
        return database.direct().getCollection(LOG);
    }

    private static String place(int n) {
        return PARTITION + "|" + n;
    }

    private void loseFrom(int n) {
        stored().deleteMany(in(
                "_id",
                IntStream.range(n, n + 10).mapToObj(UsageCommitTest::place).toList()));
    }

    /** One document each. */
    private static UsageLog withFive(UsageLog log) {
        for (int i = 0; i < 5; i++) {
            assertThat(log.ingest(jobs(i, i + 1), NOW).verdicts()).containsExactly(ACCEPTED);
        }
        return log;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SWALLOWED", "REFUSED", "DELAYED"})
    void usage_whose_insert_gets_no_answer_is_stored_once_and_accepted(Fault fault) {
        try (var log = open(database.faulty())) {
            log.ingest(jobs(0, 1), NOW);
            database.loseOnce(LOG, fault);

            assertThat(log.ingest(jobs(1, 2), NOW).verdicts()).containsExactly(ACCEPTED);

            assertThat(database.proxy().faults).hasValue(1);
            assertThat(log.ingest(jobs(0, 3), NOW).verdicts()).containsExactly(DUPLICATE, DUPLICATE, ACCEPTED);
            assertThat(stored().countDocuments()).isEqualTo(3);
        }
    }

    @Test
    void when_the_database_stays_away_the_outcome_is_reported_as_unknown_and_sending_again_counts_once() {
        var impatient = FaultyDatabase.LIMITS.withOutcomeTimeout(Duration.ofMillis(300));
        try (var log = open(database.faulty(), impatient)) {
            log.ingest(jobs(0, 1), NOW);
            database.lose(LOG, () -> Fault.LOST_BEFORE);
            assertThatThrownBy(() -> log.ingest(jobs(1, 2), NOW)).isInstanceOf(OutcomeUnknown.class);
            database.loseNothing();

            Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(EventStoreException.class)
                    .until(() -> log.ingest(jobs(1, 2), NOW).verdicts().equals(List.of(ACCEPTED)));
            assertThat(stored().countDocuments()).isEqualTo(2);
        }
    }

    @Test
    void an_insert_that_a_connection_swallows_keeps_nobody_waiting_for_ever() {
        var impatient = FaultyDatabase.LIMITS.withOutcomeTimeout(Duration.ofSeconds(1));
        try (var log = open(database.faulty(), impatient)) {
            log.ingest(jobs(0, 1), NOW);
            database.lose(LOG, () -> Fault.SWALLOWED);

            long begun = System.nanoTime();
            assertThatThrownBy(() -> log.ingest(jobs(1, 2), NOW)).isInstanceOf(OutcomeUnknown.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
        }
    }

    @Test
    void after_a_lost_connection_nothing_is_accepted_behind_what_was_lost() {
        try (var log = withFive(open(database.faulty()))) {
            loseFrom(3);
            database.loseOnce(LOG, Fault.LOST_BEFORE);

            assertThatThrownBy(() -> log.ingest(jobs(5, 6), NOW)).isInstanceOf(LogWentBack.class);
            assertThatThrownBy(() -> log.ingest(jobs(0, 1), NOW)).isInstanceOf(LogWentBack.class);
            assertThat(stored().countDocuments()).isEqualTo(3);
        }
    }

    /** A driver tries again by itself, so that no fault may be seen. */
    @Test
    void a_log_that_went_back_without_a_fault_is_noticed_before_what_was_lost_is_called_a_duplicate_for_long() {
        try (var log = withFive(open(database.direct()))) {
            loseFrom(3);

            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(() -> log.ingest(jobs(4, 5), NOW))
                            .isInstanceOf(LogWentBack.class));
            assertThatThrownBy(() -> log.ingest(jobs(5, 6), NOW)).isInstanceOf(LogWentBack.class);
            assertThat(stored().countDocuments()).isEqualTo(3);
        }
    }

    /** What was accepted behind it is there, and must not hide what is gone. */
    @Test
    void a_log_that_went_back_is_noticed_when_usage_was_accepted_behind_what_was_lost() {
        try (var log = withFive(open(database.direct()))) {
            loseFrom(3);
            log.ingest(jobs(5, 6), NOW);

            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(() -> log.ingest(jobs(6, 7), NOW))
                            .isInstanceOf(LogWentBack.class));
        }
    }

    @Test
    void an_instance_hears_that_the_log_goes_on_otherwise_than_it_has_seen() {
        try (var follower = withFive(open(database.direct()))) {
            loseFrom(3);
            try (var restarted = open(database.direct())) {
                for (int i = 10; i < 14; i++) {
                    restarted.ingest(jobs(i, i + 1), NOW);
                }
            }

            assertThatThrownBy(() -> follower.ingest(jobs(20, 21), NOW)).isInstanceOf(LogWentBack.class);
            assertThat(stored().countDocuments()).isEqualTo(7);
        }
    }

    @Test
    void each_document_names_the_one_before_it_also_over_a_restart() {
        withFive(open(database.direct())).close();
        open(database.direct()).ingest(jobs(5, 6), NOW);

        var last = requireNonNull(stored().find(eq("_id", place(0))).first());
        assertThat(last).doesNotContainKey("prev");
        for (int n = 1; n < 6; n++) {
            var document = requireNonNull(stored().find(eq("_id", place(n))).first());
            assertThat(document.get("prev")).isNotNull().isEqualTo(last.get("cid"));
            last = document;
        }
    }

    @Test
    void documents_of_before_name_nothing_and_are_read_as_they_are() {
        withFive(open(database.direct())).close();
        stored().updateMany(
                        new Document(),
                        Updates.combine(Updates.unset("v"), Updates.unset("cid"), Updates.unset("prev")));

        try (var log = open(database.direct())) {
            assertThat(log.ingest(jobs(0, 7), NOW).verdicts())
                    .containsExactly(DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE, ACCEPTED, ACCEPTED);
        }
        try (var log = open(database.direct())) {
            assertThat(log.ingest(jobs(0, 7), NOW).verdicts()).containsOnly(DUPLICATE);
        }
    }

    @Test
    void whoever_meets_a_document_of_a_later_format_accepts_nothing_any_more() {
        try (var log = withFive(open(database.direct()))) {
            stored().insertOne(new Document("_id", place(5))
                    .append("v", 2)
                    .append("cid", new Binary((byte) 4, new byte[16]))
                    .append("from another world", true));

            assertThatThrownBy(() -> log.ingest(jobs(5, 6), NOW))
                    .isInstanceOf(UnknownFormat.class)
                    .hasMessageContaining("update this process");
            assertThat(stored().countDocuments()).isEqualTo(6);
        }
        assertThatThrownBy(() -> open(database.direct())).isInstanceOf(UnknownFormat.class);
    }

    @Test
    void keys_that_cannot_be_sealed_now_make_nobody_forget_what_was_accepted() {
        try (var log = open(database.faulty())) {
            int events = 10 * Metered.EVENTS_PER_PIECE;
            database.lose("usage_keys", () -> Fault.REFUSED);
            int accepted = 0;
            while (accepted < events && wasAccepted(log, accepted)) {
                accepted++;
            }
            assertThat(accepted).as("sealing was due").isLessThan(events);
            database.loseNothing();

            assertThat(log.ingest(jobs(0, accepted), NOW).verdicts()).containsOnly(DUPLICATE);
            log.ingest(jobs(accepted, accepted + 1), NOW);
        }
        try (var restarted = open(database.direct())) {
            var partition = restarted.partitionOf(SOURCE);
            var keys = partition.entries(0, partition.end(), UsageDocuments.Unreadable.IGNORED).stream()
                    .map(UsageEntry::key)
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    private static boolean wasAccepted(UsageLog log, int job) {
        try {
            return log.ingest(jobs(job, job + 1), NOW).verdicts().equals(List.of(ACCEPTED));
        } catch (RuntimeException _) {
            return false;
        }
    }

    @Test
    void a_log_that_is_shorter_than_its_sealed_keys_is_not_opened() {
        try (var log = open(database.direct())) {
            log.ingest(jobs(0, 5), NOW);
            log.ingest(jobs(5, 10), NOW);
            while (log.partitionOf(SOURCE).seal()) {
                // until all is sealed that is full
            }
        }
        loseFrom(1);

        assertThatThrownBy(() -> open(database.direct()))
                .isInstanceOf(LogWentBack.class)
                .hasMessageContaining("restore the whole database");
    }

    @Test
    void a_log_that_holds_another_document_where_its_sealed_keys_end_is_not_opened() {
        try (var log = open(database.direct())) {
            log.ingest(jobs(0, 5), NOW);
            log.ingest(jobs(5, 10), NOW);
            while (log.partitionOf(SOURCE).seal()) {
                // until all is sealed that is full
            }
        }
        stored().updateOne(eq("_id", place(1)), Updates.set("cid", new BsonBinary(new UUID(7, 7))));

        assertThatThrownBy(() -> open(database.direct()))
                .isInstanceOf(LogWentBack.class)
                .hasMessageContaining("restore the whole database");
    }

    @Test
    void usage_whose_sealed_keys_cannot_be_looked_up_is_answered_in_the_time_of_a_commit() {
        var impatient = FaultyDatabase.LIMITS.withOutcomeTimeout(Duration.ofSeconds(2));
        try (var log = open(database.faulty(), impatient)) {
            int events = 3 * Metered.EVENTS_PER_PIECE;
            log.ingest(jobs(0, events), NOW);
            log.ingest(jobs(events, events + 1), NOW);
            while (log.partitionOf(SOURCE).seal()) {
                // until all is sealed that is full
            }
            database.swallowFinds("usage_keys");

            long begun = System.nanoTime();
            assertThatThrownBy(() -> log.ingest(jobs(0, 1), NOW))
                    .isInstanceOfAny(MongoException.class, EventStoreException.class);
            assertThatThrownBy(() -> log.ingest(List.of(correction("job-0")), NOW))
                    .isInstanceOfAny(MongoException.class, EventStoreException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Limits.DEFAULT.callTimeout());
            database.loseNothing();

            assertThat(log.ingest(jobs(0, 1), NOW).verdicts()).containsExactly(DUPLICATE);
        }
    }

    private static UsageEntry correction(String of) {
        return UsageEvents.occupied(UsageEvents.PARTY, new UsageKey(SOURCE, "correction of " + of), 1, of);
    }

    @Test
    void what_is_stored_asked_for_again_and_lost_to_another_instance_is_counted() {
        var registry = new SimpleMeterRegistry();
        var meters = new UsageLogMeters(registry);
        try (var log = open(database.faulty(), FaultyDatabase.LIMITS, meters);
                var other = open(database.direct())) {
            log.ingest(jobs(0, 3), NOW);
            database.loseOnce(LOG, Fault.LOST_BEFORE);
            log.ingest(jobs(3, 4), NOW);
            other.ingest(jobs(4, 5), NOW);
            log.ingest(jobs(5, 6), NOW);
        }

        assertThat(registry.get("menara.billing.usage.log.commit").timer().count())
                .isEqualTo(3);
        assertThat(registry.get("menara.billing.usage.log.commit.events")
                        .summary()
                        .totalAmount())
                .isEqualTo(5);
        assertThat(registry.get("menara.billing.usage.log.retries").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("menara.billing.usage.log.overtaken").counter().count())
                .isEqualTo(1);
    }

    @Test
    void counting_that_goes_further_than_the_log_stands_still_and_leaves_nothing_out_unsaid() {
        var instance = Metered.on(database.direct(), NOW);
        withFive(instance.log());
        instance.countAll();
        loseFrom(3);
        try (var other = open(database.direct())) {
            for (int i = 10; i < 14; i++) {
                other.ingest(jobs(i, i + 1), NOW);
            }
        }

        var restarted = Metered.on(database.direct(), NOW);
        restarted.countAll();
        assertThat(total(restarted)).isEqualTo(total(instance));
        var partition = restarted.log().partitionOf(SOURCE);
        assertThatThrownBy(() -> restarted.repeatLast(partition))
                .isInstanceOf(LogWentBack.class)
                .hasMessageContaining("restore the whole database");
    }

    private static BigInteger total(Metered instance) {
        return instance.total(UsageEvents.CONTRACT, ZoneOffset.UTC, YearMonth.of(2026, 3), 1, Instant.MAX);
    }

    @Test
    void health_tells_of_a_log_that_went_back_also_while_nothing_is_reported() {
        var instance = Metered.on(database.direct(), NOW);
        withFive(instance.log());
        instance.metering().start();
        try {
            loseFrom(3);
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(instance.troubles())
                            .singleElement(STRING)
                            .contains("LogWentBack"));
        } finally {
            instance.metering().stop();
        }
    }

    @Test
    void what_comes_when_an_instance_stops_is_refused_and_not_stored() {
        var log = withFive(open(database.direct()));
        log.close();

        assertThatThrownBy(() -> log.ingest(jobs(5, 6), NOW))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("nothing was stored");
        assertThat(stored().countDocuments()).isEqualTo(5);
    }

    private static List<UsageEntry> jobs(int from, int until) {
        return UsageEvents.jobs(SOURCE, from, until);
    }
}
