package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.RackId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Racks went down.
 *
 * @param incident the incident
 * @param kind what does not work; affected tenants see it
 * @param title one line, internal: tenants cannot read it
 * @param severity 1 (worst) to 4
 * @param racks the racks that are down
 * @param startedAt when the outage began, whole seconds
 * @param at when it was recorded
 */
@Event(namespace = "menara.operations", name = "IncidentOpened", version = "1")
public record IncidentOpened(
        @EventTag(key = "incident") IncidentId incident,
        IncidentKind kind,
        String title,
        int severity,
        List<RackId> racks,
        Instant startedAt,
        Instant at)
        implements IncidentEvent {}
