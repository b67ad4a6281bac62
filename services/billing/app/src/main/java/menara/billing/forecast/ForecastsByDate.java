package menara.billing.forecast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.billing.contracts.ContractReadModel;
import menara.billing.reassessment.Reassessments;
import menara.eventstore.spring.DueDates;
import menara.platform.eventsourcing.RecurringWork;
import menara.values.ContractId;
import org.springframework.stereotype.Component;

/**
 * A forecast changes with the day: yesterday's expected usage may not have come, and each new month changes the observed month. Where usage
 * has stopped, no event would trigger a new forecast, and the partners' return would be projected from the old one. So every contract is
 * forecast again at fixed intervals, each at its own time, so that not all fall due together.
 */
@Component
class ForecastsByDate extends RecurringWork {

    /** How often a contract is forecast again. */
    static final Duration EVERY = Duration.ofHours(6);

    /** How often due contracts are looked for: so only few reassessments fall due together. */
    static final Duration LOOKS_EVERY = Duration.ofMinutes(10);

    /** Odd, and without a pattern in its bits (2⁶⁴ divided by the golden ratio): consecutive ids are spread far apart. */
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private final ContractReadModel contracts;
    private final Reassessments reassessments;
    private final Clock clock;

    ForecastsByDate(ContractReadModel contracts, Reassessments reassessments, DueDates dueDates, Clock clock) {
        super(LOOKS_EVERY, dueDates, clock);
        this.contracts = contracts;
        this.reassessments = reassessments;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "billing.forecasts-by-date";
    }

    @Override
    protected void work(Instant since) {
        var now = clock.instant();
        contracts.all().stream()
                .filter(contract -> contract.term().contains(now) && hasTurn(contract.contract(), since, now))
                .forEach(contract -> reassessments.chargesChanged(contract.contract()));
    }

    /** Whether a contract's turn, always at the same place of each {@link #EVERY}, lies after {@code since} and not after {@code now}. */
    static boolean hasTurn(ContractId contract, Instant since, Instant now) {
        long every = EVERY.toMillis();
        long place = Long.remainderUnsigned(contract.value().getLeastSignificantBits() * SCATTER, every);
        return Math.floorDiv(now.toEpochMilli() - place, every) > Math.floorDiv(since.toEpochMilli() - place, every);
    }
}
