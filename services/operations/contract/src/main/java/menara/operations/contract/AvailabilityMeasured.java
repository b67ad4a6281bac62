package menara.operations.contract;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.PublishedEvent;
import menara.values.TenantId;

/**
 * The availability of a contract's racks in a calendar month, measured anew after an incident was resolved or corrected, or
 * after an allocation changed in a month that an incident touched.
 *
 * <p>Operations counts whole seconds. Both figures are rounded once, on the sum over all racks, up to the commenced minute: so
 * {@code 0 <= unavailable <= scheduled} always holds, an outage never rounds to none, and allocations and outages on whole
 * minutes are exact.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param month calendar month in the contract's time zone
 * @param scheduledRackMinutes minutes the allocated racks were due in the whole of that month, summed over racks; zero when a
 *     correction took the whole allocation out of the month
 * @param unavailableRackMinutes minutes of those in which a rack was down, overlapping incidents counted once
 * @param incidents the incidents behind it, in order of their ids
 * @param revision grows with each measurement of that contract and month; the highest counts
 * @param at when the last of the facts behind it was recorded
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
