package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.PricePlan;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.racks.RackTime;
import menara.values.Period;

/** Rates GPU hours and racks by the unit, whatever the month they lie in. */
final class ByTheUnit {

    private static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    private ByTheUnit() {}

    static List<RatedLine> rate(
            PricePlan.Published plan, ZoneId zone, SortedMap<Instant, BigInteger> gpuHours, List<RackTime> racks) {
        var hours = new TreeMap<Series, HourlyQuantities>();
        hours.put(Series.of(Meter.GPU_HOUR), HourlyQuantities.of(gpuHours));
        var usage = new MonthUsage(
                YearMonth.from(plan.versions().getFirst().effectiveFrom().atZone(ZoneOffset.UTC)),
                zone,
                plan.currency(),
                PricingPeriod.of(plan, ALWAYS, zone),
                Instant.MAX,
                hours,
                racks,
                BigDecimal.ZERO);
        return Rating.rate(usage, Meter::of, RolloverBalance.NONE).lines();
    }
}
