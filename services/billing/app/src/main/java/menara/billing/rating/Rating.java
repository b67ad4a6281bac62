package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.Meter;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricingModel;
import menara.billing.metering.HourlyQuantities;
import menara.billing.metering.RackTime;
import menara.billing.metering.Series;
import menara.values.Money;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/**
 * Usage × the plan in force at that hour. Pure: the same input gives the same lines, so rating again changes nothing. An hour is
 * charged whole by the version in force at its beginning.
 */
public final class Rating {

    private static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    private final MonthUsage usage;
    private final Function<String, Meter> meters;
    private final Carry.Ledger ledger;
    private final List<RatedLine> lines = new ArrayList<>();

    /** How much of each charge the stretches before this one counted: a ladder goes on where it was left. */
    private final Map<String, BigInteger> counted = new HashMap<>();

    private Rating(MonthUsage usage, Function<String, Meter> meters, Carry carry) {
        this.usage = usage;
        this.meters = meters;
        this.ledger = new Carry.Ledger(carry, usage.month());
    }

    /**
     * @param meters finds the meter that a charge names
     * @param carry what the month before handed on
     * @throws IllegalArgumentException if something was used when no version was in force
     */
    public static Rated rate(MonthUsage usage, Function<String, Meter> meters, Carry carry) {
        requirePrices(usage);
        var rating = new Rating(usage, meters, carry);
        usage.stretches().forEach(rating::stretch);
        rating.drawPrepaid();
        return new Rated(rating.lines, rating.ledger.close());
    }

    /** Built-in meters by the unit, whatever the month. */
    static List<RatedLine> rate(
            PricePlan.Published plan, ZoneId zone, SortedMap<Instant, BigInteger> gpuHours, List<RackTime> racks) {
        var hours = new TreeMap<Series, HourlyQuantities>();
        hours.put(Series.of(Meter.GPU_HOUR), HourlyQuantities.of(gpuHours));
        var usage = new MonthUsage(
                YearMonth.from(plan.versions().getFirst().effectiveFrom().atZone(ZoneOffset.UTC)),
                zone,
                plan.currency(),
                Stretch.of(plan, ALWAYS, zone),
                hours,
                racks);
        return rate(usage, Meter::of, Carry.NONE).lines();
    }

    private static void requirePrices(MonthUsage usage) {
        for (var quantities : usage.hours().values()) {
            quantities.forEachUsed(start -> requirePrice(usage, Instant.ofEpochSecond(start)));
        }
        usage.racks().forEach(time -> requirePrice(usage, time.period().from()));
    }

    private static void requirePrice(MonthUsage usage, Instant instant) {
        for (var stretch : usage.stretches()) {
            if (stretch.period().contains(instant)) {
                return;
            }
        }
        throw new IllegalArgumentException("the plan has no version in force at " + instant);
    }

    private void stretch(Stretch stretch) {
        var charges = stretch.version().everyCharge();
        var pricing = new Pricing(stretch, usage.currency());
        int first = lines.size();
        for (var charge : charges) {
            if (charge.model().needsMeter()) {
                metered(pricing, charge, stretch);
            } else if (charge.model() instanceof PricingModel.Flat flat) {
                lines.add(pricing.flat(charge, flat, share(stretch)));
            }
        }
        usage.unpriced(charges, stretch.period())
                .forEach((series, parts) -> lines.add(pricing.unpriced(series, parts)));
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Percentage percentage) {
                lines.add(pricing.percentage(charge, percentage, sum(first, charges, percentage.of(), false)));
            }
        }
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Minimum minimum) {
                pricing.minimum(charge, minimum, share(stretch), sum(first, charges, minimum.of(), true))
                        .ifPresent(lines::add);
            }
        }
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Prepaid prepaid && !ledger.isPaid(charge.code())) {
                ledger.pay(charge.code(), Money.of(prepaid.credit(), usage.currency()), prepaid.validMonths());
                lines.add(pricing.prepaid(charge, prepaid));
            }
        }
    }

    private void metered(Pricing pricing, Charge charge, Stretch stretch) {
        var meter = meters.apply(charge.meterCode().orElseThrow());
        var parts = usage.quantity(charge, stretch.period());
        var before = counted.getOrDefault(charge.code(), BigInteger.ZERO);
        counted.put(charge.code(), before.add(parts));
        switch (charge.model()) {
            case PricingModel.Unit unit -> lines.addAll(pricing.unit(charge, meter, unit.unitPrice(), parts));
            case PricingModel.Tiered tiered -> lines.addAll(pricing.tiered(charge, meter, tiered, before, parts));
            case PricingModel.Volume volume ->
                lines.addAll(pricing.volume(charge, meter, volume, parts, totalOfMonth(charge)));
            case PricingModel.Packages packages ->
                lines.addAll(pricing.packages(charge, meter, packages, before, parts));
            case PricingModel.Energy energy ->
                lines.addAll(pricing.energy(charge, meter, energy, usage.hourly(charge, stretch.period())));
            case PricingModel.Commitment commitment ->
                lines.addAll(pricing.commitment(charge, meter, commitment, share(stretch), parts, ledger));
            case PricingModel.Flat _, PricingModel.Percentage _, PricingModel.Minimum _, PricingModel.Prepaid _ ->
                throw new IllegalStateException("nothing is counted");
        }
    }

    private BigInteger totalOfMonth(Charge charge) {
        return usage.stretches().stream()
                .flatMap(stretch -> stretch.version().everyCharge().stream()
                        .filter(other -> other.code().equals(charge.code()))
                        .map(other -> usage.quantity(other, stretch.period())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Share share(Stretch stretch) {
        return Share.of(stretch.period(), usage.month(), usage.zone());
    }

    /** What the lines of this stretch come to, of the charges named, or of all that follow from nothing else. */
    private Money sum(int first, List<Charge> charges, @Nullable List<String> of, boolean withPercentages) {
        var codes = of != null
                ? of
                : charges.stream()
                        .filter(charge -> switch (charge.model()) {
                            case PricingModel.Percentage _ -> withPercentages;
                            case PricingModel.Minimum _, PricingModel.Prepaid _ -> false;
                            default -> true;
                        })
                        .map(Charge::code)
                        .toList();
        return Money.sum(
                lines.subList(first, lines.size()).stream()
                        .filter(line -> codes.contains(line.charge()))
                        .map(RatedLine::amount)
                        .toList(),
                usage.currency());
    }

    /** Credit paid in advance pays for everything but itself, in the order of the plan. */
    private void drawPrepaid() {
        if (usage.stretches().isEmpty()) {
            return;
        }
        var last = usage.stretches().getLast();
        var prepaid = last.version().everyCharge().stream()
                .filter(charge -> charge.model() instanceof PricingModel.Prepaid)
                .toList();
        if (prepaid.isEmpty()) {
            return;
        }
        var due = Money.sum(
                lines.stream()
                        .filter(line -> !line.detail().equals(Pricing.PREPAID))
                        .map(RatedLine::amount)
                        .toList(),
                usage.currency());
        for (var charge : prepaid) {
            var drawn = ledger.drawCredit(charge.code(), due);
            if (drawn.isPositive()) {
                due = due.minus(drawn);
                lines.add(new Pricing(last, usage.currency())
                        .drawdown(charge, drawn, ledger.creditLeft(charge.code(), drawn)));
            }
        }
    }

    /** {@code decimal} units in the meter's smallest parts; plans carry only decimals for which that is a whole number. */
    static BigInteger parts(BigDecimal decimal, Meter meter) {
        return decimal.multiply(BigDecimal.valueOf(meter.partsPerUnit())).toBigInteger();
    }
}
