package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.IncidentId;
import menara.values.RackId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Commands of people about an incident. */
sealed interface IncidentCommands {

    /**
     * Racks went down.
     *
     * @param incident id of the new incident
     * @param kind what does not work
     * @param title one line, internal
     * @param severity 1 (worst) to 4
     * @param racks registered racks
     * @param startedAt when the outage began
     * @param at now
     */
    record OpenIncident(
            @TargetEntityId IncidentId incident,
            IncidentKind kind,
            String title,
            int severity,
            List<RackId> racks,
            Instant startedAt,
            Instant at)
            implements IncidentCommands {}

    /**
     * The racks work again.
     *
     * @param incident the incident
     * @param resolvedAt first instant at which they worked
     * @param step which step this is
     * @param at now
     */
    record ResolveIncident(@TargetEntityId IncidentId incident, Instant resolvedAt, UUID step, Instant at)
            implements IncidentCommands {}

    /**
     * Correct the record of a resolved incident.
     *
     * @param incident the incident
     * @param racks the registered racks that really were down
     * @param startedAt when the outage really began
     * @param resolvedAt when it really ended
     * @param reason why it is corrected
     * @param by name of the person who corrects it
     * @param step which step this is
     * @param at now
     */
    record CorrectIncident(
            @TargetEntityId IncidentId incident,
            List<RackId> racks,
            Instant startedAt,
            Instant resolvedAt,
            String reason,
            String by,
            UUID step,
            Instant at)
            implements IncidentCommands {}
}
