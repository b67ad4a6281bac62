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
 * The record of a resolved incident was wrong; this replaces it, and the original stays readable.
 *
 * @param incident the incident
 * @param severity 1 (worst) to 4
 * @param racks the racks that were down
 * @param outage how long they were down, whole seconds
 * @param reason why it was corrected, internal: tenants cannot read it
 * @param by name of the person who corrected it
 * @param revision grows with each correction; the resolution itself is {@link Incident#FIRST_REVISION}
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.operations", name = "IncidentCorrected", version = "1")
public record IncidentCorrected(
        @EventTag(key = "incident") IncidentId incident,
        int severity,
        List<RackId> racks,
        Period outage,
        String reason,
        String by,
        long revision,
        UUID step,
        Instant at)
        implements IncidentEvent {}
