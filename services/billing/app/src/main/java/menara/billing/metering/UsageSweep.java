package menara.billing.metering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.platform.time.DueDates;
import menara.platform.time.DueWork;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Counts what instances accepted that did not come back. Every instance counts what it has accepted itself at once. */
@Component
class UsageSweep implements DueWork, ApplicationRunner {

    static final Duration EVERY = Duration.ofMinutes(1);

    private final UsageMetering metering;
    private final DueDates dueDates;
    private final Clock clock;

    UsageSweep(UsageMetering metering, DueDates dueDates, Clock clock) {
        this.metering = metering;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dueDates.schedule(kind(), "all", clock.instant().plus(EVERY));
    }

    @Override
    public String kind() {
        return "billing.usage-journal-sweep"; // as it was called first: stored due dates bear the name
    }

    @Override
    public void run(String id, Instant dueAt) {
        metering.countAll();
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }
}
