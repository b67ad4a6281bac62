package menara.billing.metering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.eventstore.spring.DueDates;
import menara.platform.eventsourcing.RecurringWork;
import org.springframework.stereotype.Component;

/** Counts usage of instances that crashed and did not restart. Every running instance counts the usage it accepts at once. */
@Component
class UsageSweep extends RecurringWork {

    static final Duration EVERY = Duration.ofMinutes(1);

    private final UsageMetering metering;

    UsageSweep(UsageMetering metering, DueDates dueDates, Clock clock) {
        super(EVERY, dueDates, clock);
        this.metering = metering;
    }

    @Override
    public String kind() {
        return "billing.usage-sweep";
    }

    @Override
    protected void work(Instant since) {
        metering.countAll();
    }
}
