package menara.operations.availability;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The availability of a contract in a month differs from the last measurement.
 *
 * @param month the contract and the month
 * @param tenant the contract's tenant
 * @param scheduledRackSeconds rack-seconds its racks were due
 * @param scheduledRackMinutes the same, rounded up to the commenced minute
 * @param unavailableRackSeconds rack-seconds of those in which they were down
 * @param unavailableRackMinutes the same, rounded up to the commenced minute
 * @param incidents the incidents behind it
 * @param revision grows with each measurement
 * @param knowledge number of facts the figures follow from
 * @param at when the last of those facts was recorded
 */
@Event(namespace = "menara.operations", name = "AvailabilityMeasured", version = "1")
public record AvailabilityMeasured(
        @EventTag(key = "availability") ContractMonth month,
        TenantId tenant,
        long scheduledRackSeconds,
        long scheduledRackMinutes,
        long unavailableRackSeconds,
        long unavailableRackMinutes,
        List<IncidentId> incidents,
        long revision,
        long knowledge,
        Instant at)
        implements AvailabilityEvent {}
