package menara.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Price;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.metering.hours.HourWindows;
import menara.billing.meters.Meter;
import menara.billing.racks.RackTime;
import menara.testkit.Seeds;
import menara.values.Period;
import org.junit.jupiter.api.Test;

/** What must hold for money whatever the case. {@code -Dmenara.money-cases=1000000} for the long run. */
class MoneyPropertiesTest {

    private static final int CASES = Integer.getInteger("menara.money-cases", 3_000);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> CURRENCIES = List.of("USD", "MAD", "EUR", "KRW");
    private static final List<String> ZONES = List.of("Africa/Casablanca", "Asia/Seoul", "UTC", "Asia/Kolkata");

    private record Usage(Period period, long milliGpus) {}

    private record Case(PricePlan.Published plan, ZoneId zone, List<Usage> usage, List<RackTime> racks) {

        List<RatedLine> rate() {
            return ByTheUnit.rate(plan, zone, hours(), racks);
        }

        SortedMap<Instant, BigInteger> hours() {
            var hours = new TreeMap<Instant, BigInteger>();
            usage.forEach(one -> HourWindows.split(
                    one.period(),
                    zone,
                    (hour, millis) ->
                            hours.merge(hour, BigInteger.valueOf(millis * one.milliGpus()), BigInteger::add)));
            return hours;
        }
    }

    @Test
    void money_adds_up_whatever_the_case() {
        long seed = Seeds.of(MoneyPropertiesTest.class);
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            var given = anyCase(random);
            var lines = given.rate();
            var as = "seed %d case %d".formatted(seed, i);

            assertThat(given.rate()).as("%s: rating again changes nothing", as).isEqualTo(lines);

            var shuffled = new ArrayList<>(given.usage());
            Collections.shuffle(shuffled, random);
            var inOtherOrder =
                    new Case(given.plan(), given.zone(), shuffled, given.racks().reversed());
            assertThat(inOtherOrder.rate())
                    .as("%s: the order of arrival does not matter", as)
                    .isEqualTo(lines);

            assertThat(lines)
                    .as("%s: one currency", as)
                    .allSatisfy(line -> assertThat(line.amount().currency())
                            .isEqualTo(given.plan().currency()));
            assertThat(lines)
                    .as("%s: rounded to minor units", as)
                    .allSatisfy(line ->
                            assertThat(line.amount()).isEqualTo(line.amount().rounded()));

            for (var meter : Meter.BUILT_IN) {
                assertThat(parts(lines, meter))
                        .as("%s: every %s reaches one line", as, meter)
                        .isEqualTo(used(given, meter));
            }
            for (var line : lines) {
                assertThat(line.amount().amount())
                        .as("%s: %s", as, line.explanation())
                        .isEqualByComparingTo(independently(line));
            }
        }
    }

    /** Quantity × price by another way: with so many digits that the last rounding sees the true value. */
    private static BigDecimal independently(RatedLine line) {
        var units = new BigDecimal(line.quantity().orElseThrow().parts())
                .divide(BigDecimal.valueOf(line.quantity().orElseThrow().meter().partsPerUnit()), new MathContext(200));
        return units.multiply(line.unitPrice().orElseThrow().amount())
                // A tie such as 0.025 must not look like 0.02499…9 because a third was cut off before.
                .setScale(100, RoundingMode.HALF_EVEN)
                .setScale(line.amount().currency().getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
    }

    private static BigInteger parts(List<RatedLine> lines, Meter meter) {
        return lines.stream()
                .map(RatedLine::quantity)
                .flatMap(Optional::stream)
                .filter(quantity -> quantity.meter().equals(meter))
                .map(Quantity::parts)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger used(Case given, Meter meter) {
        var parts = meter.equals(Meter.GPU_HOUR)
                ? given.usage().stream().map(one -> one.period().duration().toMillis() * one.milliGpus())
                : given.racks().stream().map(one -> one.period().duration().toMillis() * one.racks());
        return parts.map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Case anyCase(Random random) {
        var currency = Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
        var versions = new ArrayList<PricePlan.Version>();
        var from = START.minus(Duration.ofDays(1));
        for (int number = 1; number <= 1 + random.nextInt(4); number++) {
            versions.add(new PricePlan.Version(
                    number,
                    from,
                    List.of(new Price(Meter.GPU_HOUR, price(random)), new Price(Meter.RACK_HOUR, price(random))),
                    START));
            from = from.plus(Duration.ofMinutes(1 + random.nextInt(20_000)));
        }
        var usage = new ArrayList<Usage>();
        for (int n = random.nextInt(8); n > 0; n--) {
            usage.add(new Usage(period(random, 5), random.nextLong(8_001)));
        }
        var racks = new ArrayList<RackTime>();
        for (int n = random.nextInt(4); n > 0; n--) {
            racks.add(new RackTime(1 + random.nextInt(20), period(random, 40)));
        }
        return new Case(
                new PricePlan.Published(new PricePlanId("any"), currency, versions),
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                usage,
                racks);
    }

    private static Period period(Random random, int maxDays) {
        var from = START.plusMillis(random.nextLong(Duration.ofDays(60).toMillis()));
        return new Period(
                from,
                from.plusMillis(1 + random.nextLong(Duration.ofDays(maxDays).toMillis())));
    }

    private static BigDecimal price(Random random) {
        return BigDecimal.valueOf(random.nextLong(10_000_000), random.nextInt(6));
    }
}
