package menara.platform.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.eventstore.spring.DueDates;
import menara.platform.eventsourcing.RecurringWork;

/** Deletes answers that can no longer be repeated, so that a service that runs for years does not keep each request for ever. */
final class IdempotencySweep extends RecurringWork {

    static final Duration EVERY = Duration.ofHours(1);

    private final Idempotency idempotency;

    IdempotencySweep(Idempotency idempotency, DueDates dueDates, Clock clock) {
        super(EVERY, dueDates, clock);
        this.idempotency = idempotency;
    }

    @Override
    public String kind() {
        return "platform.idempotency-sweep";
    }

    @Override
    protected void work(Instant since) {
        idempotency.forgetExpired();
    }
}
