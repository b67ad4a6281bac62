package menara.operations.contract;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.PublishedEvent;
import menara.values.TenantId;

/**
 * The availability of a contract's racks in a calendar month, measured anew after an incident was resolved or corrected.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param month calendar month in the contract's time zone
 * @param scheduledRackMinutes minutes the allocated racks were due in that month, summed over racks
 * @param unavailableRackMinutes minutes of those in which a rack was down, overlapping incidents counted once
 * @param incidents the incidents behind it
 * @param revision grows with each measurement of that contract and month; the highest counts
 * @param at when it was measured
 */
@PublishedEvent(namespace = "menara.operations", name = "AvailabilityMeasured", version = "1")
public record AvailabilityMeasured(
        ContractId contract,
        TenantId tenant,
        YearMonth month,
        long scheduledRackMinutes,
        long unavailableRackMinutes,
        List<IncidentId> incidents,
        long revision,
        Instant at) {}
