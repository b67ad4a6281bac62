package menara.platform.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.platform.time.DueDates;
import menara.platform.time.DueWork;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Throws away answers that nobody can ask for any more: a service that lives for years does not keep each request for ever. */
final class IdempotencySweep implements DueWork, ApplicationRunner {

    static final Duration EVERY = Duration.ofHours(1);

    private final Idempotency idempotency;
    private final DueDates dueDates;
    private final Clock clock;

    IdempotencySweep(Idempotency idempotency, DueDates dueDates, Clock clock) {
        this.idempotency = idempotency;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dueDates.schedule(kind(), "all", clock.instant().plus(EVERY));
    }

    @Override
    public String kind() {
        return "platform.idempotency-sweep";
    }

    @Override
    public void run(String id, Instant dueAt) {
        idempotency.forgetExpired();
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }
}
