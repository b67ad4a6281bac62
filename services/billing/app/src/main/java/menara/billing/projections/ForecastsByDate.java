package menara.billing.projections;

import java.time.Clock;
import java.time.Duration;
import menara.billing.contracts.Contracts;
import menara.eventstore.spring.DueDates;
import menara.platform.time.RecurringWork;
import org.springframework.stereotype.Component;

/**
 * A forecast depends on the day: what was expected of yesterday did not come, and with a month's turn another month is observed. Where no usage comes
 * nothing else would say so, and the partners' return would be projected with what was expected when the usage stopped.
 */
@Component
class ForecastsByDate extends RecurringWork {

    static final Duration EVERY = Duration.ofHours(6);

    private final Contracts contracts;
    private final Settlements settlements;
    private final Clock clock;

    ForecastsByDate(Contracts contracts, Settlements settlements, DueDates dueDates, Clock clock) {
        super(EVERY, dueDates, clock);
        this.contracts = contracts;
        this.settlements = settlements;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "billing.forecasts-by-date";
    }

    @Override
    protected void work() {
        var now = clock.instant();
        contracts.all().stream()
                .filter(contract -> contract.term().contains(now))
                .forEach(contract -> settlements.chargesChanged(contract.contract()));
    }
}
