package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The racks of an incident work again.
 *
 * @param incident the incident
 * @param severity 1 (worst) to 4
 * @param racks the racks that were down
 * @param outage how long they were down, whole seconds
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.operations", name = "IncidentResolved", version = "1")
public record IncidentResolved(
        @EventTag(key = "incident") IncidentId incident,
        int severity,
        List<RackId> racks,
        Period outage,
        UUID step,
        Instant at)
        implements IncidentEvent {}
