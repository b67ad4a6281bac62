package menara.billing.rating;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.metering.hours.HourWindows;
import menara.values.Period;

/**
 * A span of time within a month in which one version of one price plan is in force.
 *
 * @param period the time; it begins and ends with an hour of the contract's clock
 * @param plan the plan
 * @param version its version
 */
public record PricingPeriod(Period period, PricePlanId plan, PricePlan.Version version) {

    /**
     * The pricing periods of {@code plan} within {@code period}, in order. An hour is charged whole by the version in force at its
     * beginning.
     */
    public static List<PricingPeriod> of(PricePlan.Published plan, Period period, ZoneId zone) {
        var pricingPeriods = new ArrayList<PricingPeriod>();
        var versions = plan.versions();
        for (int i = 0; i < versions.size(); i++) {
            var from = HourWindows.firstFrom(versions.get(i).effectiveFrom(), zone);
            var until = i + 1 < versions.size()
                    ? HourWindows.firstFrom(versions.get(i + 1).effectiveFrom(), zone)
                    : Instant.MAX;
            var version = versions.get(i);
            if (from.isBefore(until)) {
                new Period(from, until)
                        .intersection(period)
                        .ifPresent(part -> pricingPeriods.add(new PricingPeriod(part, plan.plan(), version)));
            }
        }
        return pricingPeriods;
    }
}
