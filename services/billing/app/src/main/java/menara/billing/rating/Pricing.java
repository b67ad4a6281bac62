package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.PricingModel;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.values.Money;

/** The lines of one pricing period, each model by its own arithmetic and each line rounded once. */
final class Pricing {

    private final PricingPeriod pricingPeriod;
    private final Currency currency;

    Pricing(PricingPeriod pricingPeriod, Currency currency) {
        this.pricingPeriod = pricingPeriod;
        this.currency = currency;
    }

    List<RatedLine> unit(Charge charge, Meter meter, BigDecimal unitPrice, BigInteger parts) {
        return parts.signum() == 0
                ? List.of()
                : List.of(line(charge, "", new Quantity(meter, parts), unitPrice, BigDecimal.ONE, ""));
    }

    List<RatedLine> tiered(
            Charge charge, Meter meter, PricingModel.Tiered tiered, BigInteger before, BigInteger parts) {
        var lines = new ArrayList<RatedLine>();
        var end = before.add(parts);
        for (var tier : tiered.tiers()) {
            var from = Rating.parts(tier.from(), meter).max(before);
            var until =
                    tier.end().map(bound -> Rating.parts(bound, meter).min(end)).orElse(end);
            if (from.compareTo(until) < 0) {
                var detail = "tier from " + tier.from().toPlainString();
                lines.add(line(
                        charge,
                        detail,
                        new Quantity(meter, until.subtract(from)),
                        tier.unitPrice(),
                        BigDecimal.ONE,
                        ", " + detail));
            }
        }
        return lines;
    }

    List<RatedLine> volume(Charge charge, Meter meter, PricingModel.Volume volume, BigInteger parts, BigInteger total) {
        if (parts.signum() == 0) {
            return List.of();
        }
        // The tier in which the last unit lies: a quantity that just fills a tier has not reached the next.
        var tier = volume.tiers().reversed().stream()
                .filter(step -> Rating.parts(step.from(), meter).compareTo(total) < 0)
                .findFirst()
                .orElseThrow();
        var detail = "volume from " + tier.from().toPlainString();
        return List.of(
                line(charge, detail, new Quantity(meter, parts), tier.unitPrice(), BigDecimal.ONE, ", " + detail));
    }

    List<RatedLine> packages(
            Charge charge, Meter meter, PricingModel.Packages packages, BigInteger before, BigInteger parts) {
        var size = Rating.parts(packages.size(), meter);
        var count = commenced(before.add(parts), size).subtract(commenced(before, size));
        if (parts.signum() == 0) {
            return List.of();
        }
        var quantity = new Quantity(meter, parts);
        return List.of(counted(
                charge,
                "",
                quantity,
                Optional.empty(),
                money(packages.price().multiply(new BigDecimal(count)), BigDecimal.ONE),
                "%s %s: %s packages of %s × %s"
                        .formatted(
                                quantity.shown(),
                                meter.unit(),
                                count,
                                packages.size().toPlainString(),
                                Money.of(packages.price(), currency))));
    }

    private static BigInteger commenced(BigInteger parts, BigInteger size) {
        return parts.add(size).subtract(BigInteger.ONE).divide(size);
    }

    List<RatedLine> energy(Charge charge, Meter meter, PricingModel.Energy energy, HourlyQuantities hours) {
        var bandOfHour = new int[24];
        for (int band = 0; band < energy.bands().size(); band++) {
            for (int hour : energy.bands().get(band).hours()) {
                bandOfHour[hour] = band;
            }
        }
        var byBand = new BigInteger[energy.bands().size()];
        java.util.Arrays.fill(byBand, BigInteger.ZERO);
        hours.forEach((start, parts) -> {
            int band = bandOfHour[
                    Instant.ofEpochSecond(start).atZone(energy.zone()).getHour()];
            byBand[band] = byBand[band].add(parts);
        });
        var lines = new ArrayList<RatedLine>();
        for (int i = 0; i < byBand.length; i++) {
            var band = energy.bands().get(i);
            if (byBand[i].signum() > 0) {
                lines.add(line(
                        charge,
                        "band " + band.name(),
                        new Quantity(meter, byBand[i]),
                        band.unitPrice(),
                        energy.pue(),
                        ", band " + band.name()));
            }
        }
        return lines;
    }

    RatedLine committed(
            Charge charge, Quantity quantity, PricingModel.Commitment commitment, Proration proration, Money amount) {
        return counted(
                charge,
                "committed",
                quantity,
                Optional.of(Money.of(commitment.unitPrice(), currency)),
                amount,
                "%s %s × %s, committed%s"
                        .formatted(
                                quantity.shown(),
                                quantity.meter().unit(),
                                Money.of(commitment.unitPrice(), currency),
                                proration.isWhole() ? "" : " for " + proration));
    }

    RatedLine drawn(Charge charge, Quantity drawn, Quantity committed, Quantity rolledOver) {
        return counted(
                charge,
                "drawn",
                drawn,
                Optional.empty(),
                Money.zero(currency),
                "%s %s used of %s committed and %s carried over"
                        .formatted(drawn.shown(), drawn.meter().unit(), committed.shown(), rolledOver.shown()));
    }

    RatedLine overage(Charge charge, Quantity overage, PricingModel.Commitment commitment) {
        return line(charge, "overage", overage, commitment.overageUnitPrice(), BigDecimal.ONE, ", overage");
    }

    RatedLine flat(Charge charge, PricingModel.Flat flat, Proration proration, Money amount) {
        var price = Money.of(flat.amount(), currency);
        return plain(
                charge,
                "",
                amount,
                proration.isWhole() ? "%s a month".formatted(price) : "%s a month × %s".formatted(price, proration));
    }

    RatedLine percentage(Charge charge, PricingModel.Percentage percentage, Money base) {
        return plain(
                charge,
                "",
                money(base.amount().multiply(percentage.percent()).movePointLeft(2), BigDecimal.ONE),
                "%s %% of %s".formatted(percentage.percent().toPlainString(), base));
    }

    Optional<RatedLine> minimum(Charge charge, Money least, Proration proration, Money charged) {
        var missing = least.minus(charged);
        return missing.isPositive()
                ? Optional.of(plain(
                        charge,
                        "",
                        missing,
                        "minimum %s%s − %s charged"
                                .formatted(least, proration.isWhole() ? "" : " for " + proration, charged)))
                : Optional.empty();
    }

    RatedLine prepaid(Charge charge, PricingModel.Prepaid prepaid) {
        return plain(
                RatedLine.Kind.PREPAID_PURCHASE,
                charge.code(),
                charge.product(),
                "prepaid",
                money(prepaid.price(), BigDecimal.ONE),
                "credit of %s, valid for %d months"
                        .formatted(Money.of(prepaid.credit(), currency), prepaid.validMonths()));
    }

    RatedLine drawdown(String charge, RolloverBalance.Balance balance, Money drawn) {
        return plain(
                RatedLine.Kind.PREPAID_DRAWDOWN,
                charge,
                balance.product(),
                "drawdown",
                drawn.negated(),
                "%s drawn, %s left".formatted(drawn, balance.left()));
    }

    RatedLine unpriced(Series series, BigInteger parts) {
        var quantity = new Quantity(series.meter(), parts);
        return new RatedLine(
                RatedLine.Kind.NOT_PRICED,
                series.meter().code(),
                series.meter().code(),
                series.dimensionText(),
                pricingPeriod.plan(),
                version(),
                Optional.of(quantity),
                Optional.empty(),
                Money.zero(currency),
                "%s %s, not priced in plan v%d"
                        .formatted(quantity.shown(), series.meter().unit(), version()));
    }

    private RatedLine line(
            Charge charge, String detail, Quantity quantity, BigDecimal unitPrice, BigDecimal factor, String remark) {
        var price = Money.of(unitPrice, currency);
        var amount = money(
                unitPrice.multiply(factor).multiply(new BigDecimal(quantity.parts())),
                BigDecimal.valueOf(quantity.meter().partsPerUnit()));
        var pue = factor.compareTo(BigDecimal.ONE) == 0 ? "" : " × PUE " + factor.toPlainString();
        return counted(
                charge,
                detail,
                quantity,
                Optional.of(price),
                amount,
                "%s %s%s × %s%s".formatted(quantity.shown(), quantity.meter().unit(), pue, price, remark));
    }

    private RatedLine counted(
            Charge charge,
            String detail,
            Quantity quantity,
            Optional<Money> unitPrice,
            Money amount,
            String explanation) {
        return new RatedLine(
                RatedLine.Kind.CHARGE,
                charge.code(),
                charge.product(),
                detail,
                pricingPeriod.plan(),
                version(),
                Optional.of(quantity),
                unitPrice,
                amount,
                explanation + " " + planText());
    }

    private RatedLine plain(Charge charge, String detail, Money amount, String explanation) {
        return plain(RatedLine.Kind.CHARGE, charge.code(), charge.product(), detail, amount, explanation);
    }

    private RatedLine plain(
            RatedLine.Kind kind, String charge, String product, String detail, Money amount, String explanation) {
        return new RatedLine(
                kind,
                charge,
                product,
                detail,
                pricingPeriod.plan(),
                version(),
                Optional.empty(),
                Optional.empty(),
                amount,
                explanation + " " + planText());
    }

    /** The one rounding. */
    private Money money(BigDecimal dividend, BigDecimal divisor) {
        return Money.of(
                dividend.divide(divisor, currency.getDefaultFractionDigits(), RoundingMode.HALF_EVEN), currency);
    }

    private int version() {
        return pricingPeriod.version().number();
    }

    private String planText() {
        return "(plan v%d)".formatted(version());
    }
}
