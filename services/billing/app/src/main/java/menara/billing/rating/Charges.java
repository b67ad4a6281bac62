package menara.billing.rating;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Meters;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.catalogue.PricePlans;
import menara.billing.catalogue.PricingModel;
import menara.billing.contracts.Contract;
import menara.billing.metering.Allocations;
import menara.billing.metering.HourWindows;
import menara.billing.metering.HourlyQuantities;
import menara.billing.metering.MeteredHours;
import menara.billing.metering.RackTime;
import menara.billing.metering.Series;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** Reads what was agreed and used, as known on a date, and rates it. Nothing is stored: the inputs are, and they are exact. */
@Component
public class Charges {

    private final PricePlans plans;
    private final Meters meters;
    private final MeteredHours hours;
    private final Allocations allocations;

    Charges(PricePlans plans, Meters meters, MeteredHours hours, Allocations allocations) {
        this.plans = plans;
        this.meters = meters;
        this.hours = hours;
        this.allocations = allocations;
    }

    /** What accrued until {@code asOf}, as known on {@code asOf}. */
    public MonthCharges accrued(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(
                contract,
                month,
                asOf,
                HourWindows.next(HourWindows.startOf(asOf, contract.timeZone()), contract.timeZone()),
                asOf);
    }

    /** What the month is expected to bring as known on {@code asOf}: usage so far, and handed-over racks for their whole period. */
    public MonthCharges expected(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(contract, month, asOf, Instant.MAX, Instant.MAX);
    }

    /**
     * Usage that no charge counts.
     *
     * @param quantity how much
     * @param dimensions of which kind; may be empty
     * @param planVersion version of the plan in force then
     */
    public record Unpriced(Quantity quantity, String dimensions, int planVersion) {

        public String explanation() {
            return "%s %s%s, not priced in plan v%d"
                    .formatted(
                            quantity.shown(),
                            quantity.meter().unit(),
                            dimensions.isEmpty() ? "" : " (" + dimensions + ")",
                            planVersion);
        }
    }

    /** What was used until {@code asOf} and reaches no charge, as known on {@code asOf}. */
    public List<Unpriced> unpriced(Contract.Signed signed, YearMonth month, Instant asOf) {
        var usage = usage(signed.knownOn(asOf), month, asOf, Instant.MAX, asOf);
        return usage.stretches().stream()
                .flatMap(stretch ->
                        usage.unpriced(stretch.version().everyCharge(), stretch.period()).entrySet().stream()
                                .map(used -> new Unpriced(
                                        new Quantity(used.getKey().meter(), used.getValue()),
                                        used.getKey().dimensionText(),
                                        stretch.version().number())))
                .toList();
    }

    private MonthCharges charges(
            Contract.Signed signed, YearMonth month, Instant asOf, Instant until, Instant racksUntil) {
        var contract = signed.knownOn(asOf);
        var usage = usage(contract, month, asOf, until, racksUntil);
        var lines = Rating.rate(usage, meters::require, carryInto(contract, usage, asOf))
                .lines();
        return new MonthCharges(
                month, lines, Money.sum(lines.stream().map(RatedLine::amount).toList(), contract.currency()));
    }

    /** Rated from the contract's first month on: what a month hands on follows from all before it. */
    private Carry carryInto(Contract.Signed contract, MonthUsage usage, Instant asOf) {
        if (usage.stretches().stream().noneMatch(Charges::carries)) {
            return Carry.NONE;
        }
        var carry = Carry.NONE;
        for (var month : contract.months()) {
            if (!month.isBefore(usage.month())) {
                break;
            }
            carry = Rating.rate(usage(contract, month, asOf, Instant.MAX, Instant.MAX), meters::require, carry)
                    .carry();
        }
        return carry;
    }

    private static boolean carries(Stretch stretch) {
        return stretch.version().charges().stream()
                .anyMatch(charge -> charge.model() instanceof PricingModel.Prepaid
                        || charge.model() instanceof PricingModel.Commitment);
    }

    private MonthUsage usage(
            Contract.Signed contract, YearMonth month, Instant asOf, Instant until, Instant racksUntil) {
        var charged = Period.month(month, contract.timeZone())
                .intersection(contract.term())
                .flatMap(period -> cut(period, until));
        return new MonthUsage(
                month,
                contract.timeZone(),
                contract.currency(),
                charged.map(period -> stretches(contract, period, asOf)).orElse(List.of()),
                charged.map(period -> metered(contract, month, period, asOf)).orElse(Collections.emptySortedMap()),
                charged.flatMap(period -> cut(period, racksUntil))
                        .map(period -> racks(contract, period, asOf))
                        .orElse(List.of()));
    }

    private static Optional<Period> cut(Period period, Instant until) {
        return period.from().isBefore(until) ? period.intersection(new Period(period.from(), until)) : Optional.empty();
    }

    private List<Stretch> stretches(Contract.Signed contract, Period charged, Instant asOf) {
        var stretches = new ArrayList<Stretch>();
        for (var agreement : contract.agreements()) {
            agreement
                    .period()
                    .intersection(charged)
                    .ifPresent(period ->
                            stretches.addAll(Stretch.of(plan(agreement.plan(), asOf), period, contract.timeZone())));
        }
        return stretches;
    }

    private PricePlan.Published plan(PricePlanId plan, Instant asOf) {
        return plans.find(plan)
                .orElseThrow(() -> new IllegalStateException("plan %s is not projected yet".formatted(plan)))
                .knownOn(asOf);
    }

    private SortedMap<Series, HourlyQuantities> metered(
            Contract.Signed contract, YearMonth month, Period charged, Instant asOf) {
        var within = new TreeMap<Series, HourlyQuantities>();
        hours.hours(contract.contract(), month, contract.timeZone(), asOf)
                .forEach(
                        (series, quantities) -> within.put(series, quantities.within(charged.from(), charged.until())));
        return within;
    }

    private List<RackTime> racks(Contract.Signed contract, Period charged, Instant asOf) {
        return allocations.of(contract.contract(), asOf).stream()
                .flatMap(time ->
                        time.period().intersection(charged).stream().map(part -> new RackTime(time.racks(), part)))
                .toList();
    }
}
