package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.PricingModel;
import menara.billing.meters.Meter;
import menara.values.Money;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/**
 * The computation of what usage costs: each hour's quantity at the price in force in that hour. Pure: the same input gives the same lines,
 * so rating again changes nothing. An hour is charged whole by the version in force at its beginning.
 */
public final class Rating {

    private final MonthUsage usage;
    private final Function<String, Meter> meters;
    private final MonthLedger ledger;
    private final List<RatedLine> lines = new ArrayList<>();
    private final Map<String, Floor> floors = new LinkedHashMap<>();

    /** The quantity of each charge in the pricing periods before this one: tiers continue from there. */
    private final Map<String, BigInteger> counted = new HashMap<>();

    /** What each charge by the month has come to so far, unrounded: its lines add up to the month's price. */
    private final Map<String, Fraction> fees = new HashMap<>();

    /** A minimum over all pricing periods that have it. */
    private record Floor(Pricing pricing, Charge charge, Proration proration, Fraction least, Money charged) {}

    private Rating(MonthUsage usage, Function<String, Meter> meters, RolloverBalance rollover) {
        this.usage = usage;
        this.meters = meters;
        this.ledger = new MonthLedger(rollover, usage.month());
    }

    /**
     * @param meters finds the meter that a charge names
     * @param rollover what the month before carried over
     * @throws IllegalArgumentException if something was used when no version was in force
     */
    public static Rated rate(MonthUsage usage, Function<String, Meter> meters, RolloverBalance rollover) {
        requirePrices(usage);
        var rating = new Rating(usage, meters, rollover);
        for (var pricingPeriod : usage.pricingPeriods()) {
            usage.counted(pricingPeriod).ifPresent(part -> rating.add(pricingPeriod, part));
        }
        rating.floors.values().forEach(rating::minimum);
        rating.drawPrepaid();
        return new Rated(rating.lines, rating.ledger.close());
    }

    private static void requirePrices(MonthUsage usage) {
        for (var quantities : usage.hours().values()) {
            quantities.forEachUsed(start -> requirePrice(usage, Instant.ofEpochSecond(start)));
        }
        usage.racks().forEach(time -> requirePrice(usage, time.period().from()));
    }

    private static void requirePrice(MonthUsage usage, Instant instant) {
        for (var pricingPeriod : usage.pricingPeriods()) {
            if (pricingPeriod.period().contains(instant)) {
                return;
            }
        }
        throw new IllegalArgumentException("the plan has no version in force at " + instant);
    }

    private void add(PricingPeriod pricingPeriod, Period part) {
        var charges = pricingPeriod.version().everyCharge();
        var pricing = new Pricing(pricingPeriod, usage.currency());
        int first = lines.size();
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Commitment commitment) {
                commitment(pricing, charge, commitment, pricingPeriod, part);
            } else if (charge.model().needsMeter()) {
                metered(pricing, charge, pricingPeriod);
            } else if (charge.model() instanceof PricingModel.Flat flat) {
                var proration = proration(part);
                lines.add(pricing.flat(
                        charge,
                        flat,
                        proration,
                        fee(charge, Fraction.of(flat.amount()).times(proration.fraction()))));
            }
        }
        usage.unpriced(charges, pricingPeriod.period())
                .forEach((series, parts) -> lines.add(pricing.unpriced(series, parts)));
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Percentage percentage) {
                lines.add(pricing.percentage(charge, percentage, sum(first, charges, percentage.of(), false)));
            }
        }
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Minimum minimum) {
                assess(pricing, charge, minimum, proration(part), sum(first, charges, minimum.of(), true));
            }
        }
        for (var charge : charges) {
            if (charge.model() instanceof PricingModel.Prepaid prepaid && !ledger.isPaid(charge.code())) {
                ledger.pay(
                        charge.code(),
                        charge.product(),
                        Money.of(prepaid.credit(), usage.currency()),
                        prepaid.validMonths());
                lines.add(pricing.prepaid(charge, prepaid));
            }
        }
    }

    private void metered(Pricing pricing, Charge charge, PricingPeriod pricingPeriod) {
        var meter = meters.apply(charge.meterCode().orElseThrow());
        var parts = usage.quantity(charge, pricingPeriod.period());
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
                lines.addAll(pricing.energy(charge, meter, energy, usage.hourly(charge, pricingPeriod.period())));
            case PricingModel.Commitment _,
                    PricingModel.Flat _,
                    PricingModel.Percentage _,
                    PricingModel.Minimum _,
                    PricingModel.Prepaid _ -> throw new IllegalStateException("not priced by what is counted alone");
        }
    }

    private void commitment(
            Pricing pricing,
            Charge charge,
            PricingModel.Commitment commitment,
            PricingPeriod pricingPeriod,
            Period part) {
        var code = charge.code();
        var meter = meters.apply(charge.meterCode().orElseThrow());
        var monthly = new Fraction(Rating.parts(commitment.quantity(), meter), BigInteger.ONE);
        var before = ledger.committed(code);
        var untilEnd = new Period(pricingPeriod.period().from(), usage.end());
        var ofMonth = before.plus(monthly.times(proration(untilEnd).fraction())).floor();
        var rolledOver = ledger.rolledOver(code);
        var used = usage.quantity(charge, pricingPeriod.period());
        var drawn = ledger.draw(code, used, ofMonth);
        var proration = proration(part);
        var committed = monthly.times(proration.fraction());
        ledger.commit(code, committed, commitment.rolloverMonths());
        var quantity = before.plus(committed).floor().subtract(before.floor());
        if (quantity.signum() > 0) {
            var price = Fraction.of(commitment.unitPrice())
                    .times(new Fraction(BigInteger.ONE, BigInteger.valueOf(meter.partsPerUnit())));
            lines.add(pricing.committed(
                    charge, new Quantity(meter, quantity), commitment, proration, fee(charge, committed.times(price))));
        }
        if (drawn.signum() > 0) {
            lines.add(pricing.drawn(
                    charge, new Quantity(meter, drawn), new Quantity(meter, ofMonth), new Quantity(meter, rolledOver)));
        }
        var overage = used.subtract(drawn);
        if (overage.signum() > 0) {
            lines.add(pricing.overage(charge, new Quantity(meter, overage), commitment));
        }
    }

    /** The part of a charge by the month that its lines do not have yet. */
    private Money fee(Charge charge, Fraction more) {
        int decimals = usage.currency().getDefaultFractionDigits();
        var before = fees.getOrDefault(charge.code(), Fraction.ZERO);
        var after = before.plus(more);
        fees.put(charge.code(), after);
        return Money.of(after.halfEven(decimals).subtract(before.halfEven(decimals)), usage.currency());
    }

    private void assess(
            Pricing pricing, Charge charge, PricingModel.Minimum minimum, Proration proration, Money charged) {
        var least = Fraction.of(minimum.amount()).times(proration.fraction());
        floors.merge(
                charge.code(),
                new Floor(pricing, charge, proration, least, charged),
                (before, now) -> new Floor(
                        now.pricing(),
                        now.charge(),
                        before.proration().plus(now.proration()),
                        before.least().plus(now.least()),
                        before.charged().plus(now.charged())));
    }

    private void minimum(Floor floor) {
        var least = Money.of(floor.least().halfEven(usage.currency().getDefaultFractionDigits()), usage.currency());
        floor.pricing()
                .minimum(floor.charge(), least, floor.proration(), floor.charged())
                .ifPresent(lines::add);
    }

    private BigInteger totalOfMonth(Charge charge) {
        return usage.pricingPeriods().stream()
                .flatMap(pricingPeriod -> pricingPeriod.version().everyCharge().stream()
                        .filter(other -> other.code().equals(charge.code()))
                        .map(other -> usage.quantity(other, pricingPeriod.period())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Proration proration(Period period) {
        return Proration.of(period, usage.month(), usage.zone());
    }

    /** The sum of this pricing period's lines, of the charges named, or of all that do not depend on other charges. */
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

    /** Credit paid in advance pays for everything but itself and what is credited anyway, in the order of the plan. */
    private void drawPrepaid() {
        if (lines.isEmpty()) {
            return;
        }
        var last = usage.pricingPeriods().getLast();
        var pricing = new Pricing(last, usage.currency());
        var charged = MonthCharges.creditable(lines, usage.currency());
        var due = charged.minus(ServiceCredit.share(usage.creditPercent(), charged));
        var inOrder = last.version().everyCharge().stream().map(Charge::code).toList();
        for (var charge : ledger.prepaid(inOrder)) {
            var drawn = ledger.drawCredit(charge, due);
            if (drawn.isPositive()) {
                due = due.minus(drawn);
                lines.add(pricing.drawdown(charge, ledger.balance(charge), drawn));
            }
        }
    }

    /** {@code decimal} units in the meter's smallest parts; plans carry only decimals for which that is a whole number. */
    static BigInteger parts(BigDecimal decimal, Meter meter) {
        return decimal.multiply(BigDecimal.valueOf(meter.partsPerUnit())).toBigInteger();
    }
}
