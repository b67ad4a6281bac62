package menara.billing.ingestion;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.eventstore.spring.DueDates;
import menara.platform.eventsourcing.RecurringWork;
import org.springframework.stereotype.Component;

/** Deletes old refusals, so that a meter that is broken for years does not fill the database. */
@Component
class RefusalSweep extends RecurringWork {

    static final Duration EVERY = Duration.ofHours(6);

    private final UsageRefusals refusals;
    private final Clock clock;

    RefusalSweep(UsageRefusals refusals, DueDates dueDates, Clock clock) {
        super(EVERY, dueDates, clock);
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "billing.usage-refusals-sweep";
    }

    @Override
    protected void work(Instant since) {
        refusals.forget(clock.instant());
    }
}
