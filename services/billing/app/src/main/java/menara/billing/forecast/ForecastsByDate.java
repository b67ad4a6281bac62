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
 * A forecast depends on the day: what was expected of yesterday did not come, and with a month's turn another month is observed. Where no usage comes
 * nothing else would say so, and the partners' return would be projected with what was expected when the usage stopped. Each contract has
 * its turn at its own time, so that not all fall due together.
 */
@Component
class ForecastsByDate extends RecurringWork {

    /** How often a contract has its turn. */
    static final Duration EVERY = Duration.ofHours(6);

    /** How often it is looked whose turn it was: so few reassessments fall due together. */
    static final Duration LOOKS_EVERY = Duration.ofMinutes(10);

    /** Odd, and without a pattern in its bits (2⁶⁴ divided by the golden ratio): ids that follow each other come to stand far apart. */
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
