package menara.billing.rating;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import menara.values.Period;

/**
 * The part of a calendar month that a period takes, counted in days: each day weighs the same, and of a day that is only touched the
 * part that is inside counts, out of its 23, 24 or 25 hours. Exact.
 *
 * @param numerator days inside, over
 * @param denominator this
 * @param days days of the month
 */
public record Proration(BigInteger numerator, BigInteger denominator, int days) {

    /** What {@code period} takes of {@code month} as it is lived in {@code zone}. */
    public static Proration of(Period period, YearMonth month, ZoneId zone) {
        var whole = Period.month(month, zone);
        var inside = period.intersection(whole);
        if (inside.isEmpty()) {
            return new Proration(BigInteger.ZERO, BigInteger.ONE, month.lengthOfMonth());
        }
        var numerator = BigInteger.ZERO;
        var denominator = BigInteger.ONE;
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            var lived = day(month.atDay(day), zone);
            var part = inside.get().intersection(lived);
            if (part.isPresent()) {
                var over = millis(lived.duration());
                numerator = numerator
                        .multiply(over)
                        .add(millis(part.get().duration()).multiply(denominator));
                denominator = denominator.multiply(over);
                var common = numerator.gcd(denominator);
                numerator = numerator.divide(common);
                denominator = denominator.divide(common);
            }
        }
        return new Proration(
                numerator, denominator.multiply(BigInteger.valueOf(month.lengthOfMonth())), month.lengthOfMonth());
    }

    private static Period day(LocalDate date, ZoneId zone) {
        return new Period(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static BigInteger millis(Duration duration) {
        return BigInteger.valueOf(duration.toMillis());
    }

    /** Both together, of the same month. */
    Proration plus(Proration other) {
        var sum = fraction().plus(other.fraction());
        return of(sum, Math.max(days, other.days));
    }

    /** Over a multiple of the days, so that it can be shown in days. */
    private static Proration of(Fraction part, int days) {
        var perMonth = BigInteger.valueOf(days);
        var factor = perMonth.divide(part.denominator().gcd(perMonth));
        return new Proration(
                part.numerator().multiply(factor), part.denominator().multiply(factor), days);
    }

    Fraction fraction() {
        return new Fraction(numerator, denominator);
    }

    public boolean isWhole() {
        return numerator.equals(denominator);
    }

    /** {@code 17/30 days}, {@code (16 + 13/24)/30 days} where a day is cut. */
    @Override
    public String toString() {
        var perDay = denominator.divide(BigInteger.valueOf(days));
        var parts = numerator.divideAndRemainder(perDay);
        return parts[1].signum() == 0
                ? "%s/%d days".formatted(parts[0], days)
                : "(%s + %s/%s)/%d days".formatted(parts[0], parts[1], perDay, days);
    }
}
