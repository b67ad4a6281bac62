package menara.operations.availability;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Availability of a contract in a month.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param month calendar month in {@code timeZone}
 * @param timeZone the contract's time zone
 * @param scheduledRackSeconds rack-seconds the allocated racks are due in the whole month, exact
 * @param unavailableRackSeconds rack-seconds of those lost to resolved incidents, exact
 * @param scheduledRackMinutes the same in minutes, at most six decimals, half-even
 * @param unavailableRackMinutes the same in minutes, at most six decimals, half-even
 * @param availabilityPercent at most six decimals, rounded down; null when nothing is scheduled
 * @param incidents the resolved incidents that made racks unavailable, in order of their ids
 * @param openIncidents incidents on its racks that are not resolved and do not count yet
 * @param asOf as-of time: facts recorded until then count
 */
record AvailabilityView(
        ContractId contract,
        TenantId tenant,
        YearMonth month,
        ZoneId timeZone,
        long scheduledRackSeconds,
        long unavailableRackSeconds,
        String scheduledRackMinutes,
        String unavailableRackMinutes,
        @Nullable String availabilityPercent,
        List<IncidentId> incidents,
        List<IncidentId> openIncidents,
        Instant asOf) {

    static AvailabilityView of(ContractFacts facts, YearMonth month, Instant asOf) {
        var availability = facts.availability(month, asOf);
        return new AvailabilityView(
                facts.terms().contract(),
                facts.terms().tenant(),
                month,
                facts.terms().timeZone(),
                availability.scheduledRackSeconds(),
                availability.unavailableRackSeconds(),
                availability.scheduledRackMinutes().toPlainString(),
                availability.unavailableRackMinutes().toPlainString(),
                availability.percent().map(BigDecimal::toPlainString).orElse(null),
                availability.incidents(),
                facts.openIncidents(month, asOf),
                asOf);
    }
}
