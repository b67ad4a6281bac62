package menara.billing.metering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.platform.time.DueDates;
import menara.platform.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Completes batches that a crash left in the journal: all of them at start, and later those of instances that did not come back. */
@Component
class UsageJournalSweep implements DueWork, ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(UsageJournalSweep.class);

    static final Duration EVERY = Duration.ofMinutes(1);

    /** A batch older than this is not under way any more. Were it, completing it twice would do no harm. */
    static final Duration LEFT_OVER_AFTER = Duration.ofSeconds(30);

    private final UsageJournal journal;
    private final DueDates dueDates;
    private final Clock clock;

    UsageJournalSweep(UsageJournal journal, DueDates dueDates, Clock clock) {
        this.journal = journal;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        complete(Instant.MAX);
        dueDates.schedule(kind(), "all", clock.instant().plus(EVERY));
    }

    @Override
    public String kind() {
        return "billing.usage-journal-sweep";
    }

    @Override
    public void run(String id, Instant dueAt) {
        complete(clock.instant().minus(LEFT_OVER_AFTER));
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }

    private void complete(Instant limit) {
        int completed = journal.completeLeftOver(limit);
        if (completed > 0) {
            LOG.info("completed {} usage batches that were left in the journal", completed);
        }
    }
}
