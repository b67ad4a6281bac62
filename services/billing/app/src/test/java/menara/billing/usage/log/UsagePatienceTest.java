package menara.billing.usage.log;

import static menara.billing.usage.log.FaultyDatabase.LOG;
import static menara.billing.usage.log.FaultyDatabase.open;
import static menara.billing.usage.log.UsageEvents.NOW;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import menara.billing.TestDatabases;
import menara.billing.metering.Metered;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.machine.Machine;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A request is answered in its time, whatever others do meanwhile, and what it is told is true. */
class UsagePatienceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SOURCE = "/a";
    private static final Limits IMPATIENT = FaultyDatabase.LIMITS.withOutcomeTimeout(Duration.ofSeconds(2));

    @AutoClose
    private final FaultyDatabase database = new FaultyDatabase();

    /** Work of the background on a connection that swallows what it is sent: it hangs for as long as a call may take. */
    private CompletableFuture<Void> hanging(String collection, Runnable work) {
        int before = database.proxy().faults.get();
        database.swallowFinds(collection);
        var hanging = CompletableFuture.runAsync(work);
        Awaitility.await().atMost(LIMIT).until(() -> database.proxy().faults.get() > before);
        return hanging;
    }

    private static void isAnsweredInTime(ThrowingCallable request) {
        long begun = System.nanoTime();
        assertThatThrownBy(request).isInstanceOfAny(MongoException.class, EventStoreException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Limits.DEFAULT.callTimeout().dividedBy(2));
    }

    @Test
    void who_writes_waits_for_a_background_that_seals_no_longer_than_for_the_database() {
        try (var log = open(database.faulty(), IMPATIENT)) {
            int next = 0;
            while (next < 3 * Metered.EVENTS_PER_PIECE) {
                log.ingest(UsageEvents.jobs(SOURCE, next, ++next), NOW); // more pieces than are held unsealed
            }
            var sealing = hanging("usage_keys", () -> log.partitionOf(SOURCE).seal());
            int job = next;

            isAnsweredInTime(() -> log.ingest(UsageEvents.jobs(SOURCE, job, job + 1), NOW));

            database.loseNothing();
            assertThat(sealing).failsWithin(LIMIT);
            assertThat(log.ingest(UsageEvents.jobs(SOURCE, 0, job + 1), NOW).verdicts())
                    .hasSize(job + 1)
                    .startsWith(DUPLICATE)
                    .endsWith(ACCEPTED);
        }
    }

    @Test
    void who_writes_waits_for_who_reads_the_partition_no_longer_than_it_has_time() {
        try (var log = open(database.faulty(), IMPATIENT)) {
            log.ingest(UsageEvents.jobs(SOURCE, 0, 1), NOW);
            var reading = hanging(LOG, () -> log.partitionOf(SOURCE).refresh());

            isAnsweredInTime(() -> log.ingest(UsageEvents.jobs(SOURCE, 1, 2), NOW));

            database.loseNothing();
            assertThat(reading).failsWithin(LIMIT);
            assertThat(log.ingest(UsageEvents.jobs(SOURCE, 0, 2), NOW).verdicts())
                    .containsExactly(DUPLICATE, ACCEPTED);
        }
    }

    @Test
    void what_would_be_superseded_is_looked_up_in_the_time_of_the_request() {
        try (var log = open(database.faulty(), IMPATIENT)) {
            log.ingest(UsageEvents.jobs(SOURCE, 0, 1), NOW);
            var correction = UsageEvents.occupied(UsageEvents.PARTY, new UsageKey(SOURCE, "later"), 1, "job-0");
            database.swallowFinds(LOG);

            isAnsweredInTime(() -> log.supersededFrom(List.of(correction), Machine.REAL.nanoTime()));

            database.loseNothing();
            Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(MongoException.class)
                    .untilAsserted(() -> assertThat(log.supersededFrom(List.of(correction), Machine.REAL.nanoTime()))
                            .containsOnlyKeys(correction));
        }
    }

    /** Makes the next commit of the log take so long that nothing else is written in the time of the request. */
    private static final class SlowCommit implements CommandListener {

        private final long until;
        private final AtomicInteger commits = new AtomicInteger();

        private SlowCommit(long until) {
            this.until = until;
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent command) {
            if (command.getCommandName().equals("insert") && commits.getAndIncrement() == 0) {
                Awaitility.await().atMost(LIMIT).until(() -> System.nanoTime() > until);
            }
        }
    }

    @Test
    void who_reports_to_several_partitions_is_not_told_that_nothing_is_stored_if_one_of_them_was_too_late() {
        var listeners = new ArrayList<SlowCommit>();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandSucceeded(CommandSucceededEvent command) {
                listeners.forEach(one -> one.commandSucceeded(command));
            }
        };
        try (var client = TestDatabases.client(listener);
                var log = open(client.getDatabase("test_" + UUID.randomUUID()), IMPATIENT)) {
            var events = new ArrayList<>(UsageEvents.jobs(SOURCE, 0, 1));
            events.addAll(UsageEvents.jobs(elsewhere(log), 0, 1));
            long since = Machine.REAL.nanoTime();
            listeners.add(new SlowCommit(
                    System.nanoTime() + IMPATIENT.outcomeTimeout().dividedBy(2).toNanos()));

            assertThatThrownBy(() -> log.ingest(events, NOW, since))
                    .isInstanceOf(OutcomeUnknown.class)
                    .hasMessageContaining("some partitions are stored")
                    .hasCauseInstanceOf(NotStored.class);

            assertThat(log.ingest(events, NOW).verdicts())
                    .as("sent again, what is stored already counts once")
                    .containsExactlyInAnyOrder(DUPLICATE, ACCEPTED);
        }
    }

    private static String elsewhere(UsageLog log) {
        var source = SOURCE;
        while (log.partitionOf(source) == log.partitionOf(SOURCE)) {
            source += "a";
        }
        return source;
    }

    @Test
    void of_a_request_of_which_nothing_was_written_it_is_said_so() {
        try (var log = open(database.direct(), IMPATIENT)) {
            long longAgo = Machine.REAL.nanoTime() - IMPATIENT.outcomeTimeout().toNanos();

            assertThatThrownBy(() -> log.ingest(UsageEvents.jobs(SOURCE, 0, 1), NOW, longAgo))
                    .isInstanceOf(NotStored.class)
                    .hasMessageContaining("nothing was stored");
        }
    }
}
