package menara.billing.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.catalogue.PricePlanReadModel;
import menara.billing.catalogue.PricingModel;
import menara.billing.contracts.Contract;
import menara.billing.metering.hours.HourWindows;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.meters.MeterReadModel;
import menara.billing.meters.Series;
import menara.billing.racks.AllocationReadModel;
import menara.billing.racks.RackTime;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** Reads what was agreed and used, as of a date, and rates it. Charges are not stored; their exact inputs are. */
@Component
public class Charges {

    private final PricePlanReadModel plans;
    private final MeterReadModel meters;
    private final MeteredHours hours;
    private final AllocationReadModel allocations;
    private final ServiceCredit serviceCredit;

    Charges(
            PricePlanReadModel plans,
            MeterReadModel meters,
            MeteredHours hours,
            AllocationReadModel allocations,
            ServiceCredit serviceCredit) {
        this.plans = plans;
        this.meters = meters;
        this.hours = hours;
        this.allocations = allocations;
        this.serviceCredit = serviceCredit;
    }

    /** What accrued until {@code asOf}, as of {@code asOf}. */
    public MonthCharges accrued(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(
                contract,
                month,
                asOf,
                HourWindows.next(HourWindows.startOf(asOf, contract.timeZone()), contract.timeZone()),
                asOf);
    }

    /** What the month is expected to bring as of {@code asOf}: usage so far, and handed-over racks for their whole period. */
    public MonthCharges expected(Contract.Signed contract, YearMonth month, Instant asOf) {
        return charges(contract, month, asOf, Instant.MAX, Instant.MAX);
    }

    /**
     * What every month of the term is expected to bring as of {@code asOf}: usage so far and from the next day on at the run
     * rate, handed-over racks for their whole period, what is agreed by the month.
     */
    public Forecast forecast(Contract.Signed signed, Instant asOf) {
        var agreed = agreed(signed, asOf);
        var contract = agreed.contract();
        var rate = runRate(contract, asOf);
        var tomorrow = asOf.atZone(contract.timeZone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(contract.timeZone())
                .toInstant();
        var months = new ArrayList<MonthCharges>();
        var rollover = RolloverBalance.NONE;
        for (var month : contract.months()) {
            var usage = usage(agreed, month, Instant.MAX, Instant.MAX);
            var expected = rate.flatMap(mean -> ahead(usage, tomorrow)
                            .map(period -> usage.with(mean.added(usage.hours(), period, contract.timeZone()))))
                    .orElse(usage);
            var rated = Rating.rate(expected, meters::require, rollover);
            rollover = rated.rollover();
            months.add(MonthCharges.of(month, rated.lines(), contract.currency()));
        }
        return new Forecast(months, rate.map(RunRate::observed));
    }

    /**
     * @param months every month of the term, in order
     * @param observed the time that the run rate was taken from; empty if there is no whole day yet
     */
    public record Forecast(List<MonthCharges> months, Optional<Period> observed) {}

    private static Optional<Period> ahead(MonthUsage usage, Instant from) {
        return usage.pricingPeriods().isEmpty()
                ? Optional.empty()
                : new Period(usage.pricingPeriods().getFirst().period().from(), usage.end())
                        .intersection(new Period(from, Instant.MAX));
    }

    /** Taken from the last month that is over; while the contract's first month runs, from its whole days. */
    private Optional<RunRate> runRate(Contract.Signed contract, Instant asOf) {
        var zone = contract.timeZone();
        var today = asOf.atZone(zone).toLocalDate();
        var running = YearMonth.from(today);
        var firstDay = contract.term().from().atZone(zone).toLocalDate();
        if (!contract.term().from().equals(firstDay.atStartOfDay(zone).toInstant())) {
            firstDay = firstDay.plusDays(1);
        }
        var month = firstDay.isBefore(running.atDay(1)) ? running.minusMonths(1) : running;
        var from = firstDay.isAfter(month.atDay(1)) ? firstDay : month.atDay(1);
        var until = month.isBefore(running) ? running.atDay(1) : today;
        if (!from.isBefore(until)) {
            return Optional.empty();
        }
        var observed = new Period(
                from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
        return Optional.of(RunRate.of(observed, zone, hours.hours(contract.contract(), month, zone, asOf)));
    }

    private MonthCharges charges(
            Contract.Signed signed, YearMonth month, Instant asOf, Instant until, Instant racksUntil) {
        var agreed = agreed(signed, asOf);
        var usage = usage(agreed, month, until, racksUntil);
        var lines =
                Rating.rate(usage, meters::require, rolloverInto(agreed, usage)).lines();
        return MonthCharges.of(month, lines, signed.currency());
    }

    /**
     * A contract and its plans as of a date, read once for all months that are rated.
     *
     * @param rollsOver whether any version of its plans carries a balance over, even if the one in force does not
     */
    private record Agreed(
            Contract.Signed contract, Map<PricePlanId, PricePlan.Published> plans, boolean rollsOver, Instant asOf) {}

    private Agreed agreed(Contract.Signed signed, Instant asOf) {
        var contract = signed.asOf(asOf);
        var published = new HashMap<PricePlanId, PricePlan.Published>();
        contract.agreements()
                .forEach(agreement -> published.computeIfAbsent(agreement.plan(), plan -> plan(plan, asOf)));
        boolean rollsOver = published.values().stream()
                .flatMap(plan -> plan.versions().stream())
                .flatMap(version -> version.charges().stream())
                .anyMatch(charge -> charge.model() instanceof PricingModel.Prepaid
                        || charge.model() instanceof PricingModel.Commitment);
        return new Agreed(contract, published, rollsOver, asOf);
    }

    /** Rated from the contract's first month on: what a month carries over follows from all months before it. */
    private RolloverBalance rolloverInto(Agreed agreed, MonthUsage usage) {
        if (!agreed.rollsOver()) {
            return RolloverBalance.NONE;
        }
        var rollover = RolloverBalance.NONE;
        for (var month : agreed.contract().months()) {
            if (!month.isBefore(usage.month())) {
                break;
            }
            rollover = Rating.rate(usage(agreed, month, Instant.MAX, Instant.MAX), meters::require, rollover)
                    .rollover();
        }
        return rollover;
    }

    private MonthUsage usage(Agreed agreed, YearMonth month, Instant until, Instant racksUntil) {
        var contract = agreed.contract();
        var asOf = agreed.asOf();
        var charged = Period.month(month, contract.timeZone()).intersection(contract.term());
        var pricingPeriods =
                charged.map(period -> pricingPeriods(agreed, period)).orElse(List.of());
        return new MonthUsage(
                month,
                contract.timeZone(),
                contract.currency(),
                pricingPeriods,
                until,
                charged.flatMap(period -> cut(period, until))
                        .map(period -> metered(contract, month, period, asOf))
                        .orElse(Collections.emptySortedMap()),
                charged.flatMap(period -> cut(period, racksUntil))
                        .map(period -> racks(contract, period, asOf))
                        .orElse(List.of()),
                agreed.rollsOver() ? serviceCredit.percent(contract.contract(), month, asOf) : BigDecimal.ZERO);
    }

    private static Optional<Period> cut(Period period, Instant until) {
        return period.from().isBefore(until) ? period.intersection(new Period(period.from(), until)) : Optional.empty();
    }

    private static List<PricingPeriod> pricingPeriods(Agreed agreed, Period charged) {
        var pricingPeriods = new ArrayList<PricingPeriod>();
        for (var agreement : agreed.contract().agreements()) {
            var plan = Objects.requireNonNull(agreed.plans().get(agreement.plan()));
            agreement
                    .period()
                    .intersection(charged)
                    .ifPresent(period -> pricingPeriods.addAll(
                            PricingPeriod.of(plan, period, agreed.contract().timeZone())));
        }
        return pricingPeriods;
    }

    private PricePlan.Published plan(PricePlanId plan, Instant asOf) {
        return plans.find(plan)
                .orElseThrow(() -> new IllegalStateException("plan %s is not projected yet".formatted(plan)))
                .asOf(asOf);
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
