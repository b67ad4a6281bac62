package menara.billing.rating;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import menara.billing.catalogue.Meter;
import menara.billing.catalogue.PricePlans;
import menara.billing.contracts.Contract;
import menara.billing.metering.Allocations;
import menara.billing.metering.MeteredHours;
import menara.billing.metering.RackTime;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** Reads what was agreed and used, as known on a date, and rates it. Nothing is stored: the inputs are, and they are exact. */
@Component
public class Charges {

    private final PricePlans plans;
    private final MeteredHours hours;
    private final Allocations allocations;

    Charges(PricePlans plans, MeteredHours hours, Allocations allocations) {
        this.plans = plans;
        this.hours = hours;
        this.allocations = allocations;
    }

    /** What accrued until {@code asOf}, as known on {@code asOf}. */
    public MonthCharges accrued(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(contract, month, asOf, asOf);
    }

    /** What the month is expected to bring as known on {@code asOf}: usage so far, and handed-over racks for their whole period. */
    public MonthCharges expected(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(contract, month, asOf, contract.term().until());
    }

    private MonthCharges charges(Contract.Signed contract, YearMonth month, Instant asOf, Instant racksUntil) {
        var plan = plans.find(contract.plan())
                .orElseThrow(() -> new IllegalStateException(
                        "plan %s of contract %s is not projected yet".formatted(contract.plan(), contract.contract())))
                .knownOn(asOf);
        var gpuHours = hours.hours(contract.contract(), month, Meter.GPU_HOUR, asOf);
        var lines = Rating.rate(plan, contract.timeZone(), gpuHours, racks(contract, month, asOf, racksUntil));
        return new MonthCharges(
                month, lines, Money.sum(lines.stream().map(RatedLine::amount).toList(), contract.currency()));
    }

    private List<RackTime> racks(Contract.Signed contract, YearMonth month, Instant asOf, Instant until) {
        var charged = Period.month(month, contract.timeZone())
                .intersection(contract.term())
                .flatMap(period -> period.from().isBefore(until)
                        ? period.intersection(new Period(period.from(), until))
                        : Optional.empty());
        return charged.map(period -> allocations.of(contract.contract(), asOf).stream()
                        .flatMap(time -> time.period().intersection(period).stream()
                                .map(part -> new RackTime(time.racks(), part)))
                        .toList())
                .orElse(List.of());
    }
}
