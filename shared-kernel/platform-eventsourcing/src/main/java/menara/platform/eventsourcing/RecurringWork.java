package menara.platform.eventsourcing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Work that is due again and again, by one instance at a time: each run schedules the next. */
public abstract class RecurringWork implements DueWork, ApplicationRunner {

    private static final String ALL = "all";

    private final Duration every;
    private final DueDates dueDates;
    private final Clock clock;

    protected RecurringWork(Duration every, DueDates dueDates, Clock clock) {
        this.every = every;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    /**
     * Does it once; doing it again changes nothing.
     *
     * @param since when this run was scheduled, which is when the last run ended or the service started: the begin of the time that this
     * run covers
     */
    protected abstract void work(Instant since);

    @Override
    public final void run(ApplicationArguments arguments) {
        planNext();
    }

    @Override
    public final void run(String id, Instant dueAt) {
        work(dueAt.minus(every));
        planNext();
    }

    private void planNext() {
        dueDates.schedule(kind(), ALL, clock.instant().plus(every));
    }
}
