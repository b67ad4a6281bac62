package menara.billing.usage.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.LogListener;

/** Meters of the usage log, all partitions together, apart from those of the event store, whose listener is the one bean. */
final class UsageLogMeters implements LogListener {

    private final Timer commits;
    private final DistributionSummary eventsPerCommit;
    private final Counter overtakings;
    private final Counter retries;

    UsageLogMeters(MeterRegistry registry) {
        commits = Timer.builder("menara.billing.usage.log.commit")
                .description("time to store one document of usage")
                .register(registry);
        eventsPerCommit = DistributionSummary.builder("menara.billing.usage.log.commit.events")
                .description("events per document of usage")
                .register(registry);
        overtakings = Counter.builder("menara.billing.usage.log.overtaken")
                .description("places of the usage log taken first by another instance")
                .register(registry);
        retries = Counter.builder("menara.billing.usage.log.retries")
                .description("inserts of usage whose answer was lost and whose outcome was read again")
                .register(registry);
    }

    @Override
    public void committed(int transactions, int events, long bytes, long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
        eventsPerCommit.record(events);
    }

    @Override
    public void overtaken() {
        overtakings.increment();
    }

    @Override
    public void retried() {
        retries.increment();
    }
}
