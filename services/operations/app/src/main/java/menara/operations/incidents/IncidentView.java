package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * An incident as a caller sees it.
 *
 * @param incident its id
 * @param title one line for people
 * @param severity 1 (worst) to 4
 * @param state whether it is open or resolved
 * @param racks the affected racks; for a tenant only those that were its own
 * @param startedAt when the outage began
 * @param resolvedAt when it ended, null while it is open
 */
record IncidentView(
        IncidentId incident,
        String title,
        int severity,
        String state,
        List<RackId> racks,
        Instant startedAt,
        @Nullable Instant resolvedAt) {

    static IncidentView of(IncidentId id, Incident incident) {
        return switch (incident) {
            case Incident.None _ -> throw new IllegalStateException("incident %s was never reported".formatted(id));
            case Incident.Open open ->
                new IncidentView(id, open.title(), open.severity(), "open", open.racks(), open.startedAt(), null);
            case Incident.Resolved resolved ->
                new IncidentView(
                        id,
                        resolved.title(),
                        resolved.severity(),
                        "resolved",
                        resolved.racks(),
                        resolved.outage().from(),
                        resolved.outage().until());
        };
    }

    static IncidentView of(IncidentDocuments.Stored stored) {
        var history = stored.history();
        return history.latest()
                .map(outage -> new IncidentView(
                        history.incident(),
                        stored.title(),
                        stored.severity(),
                        "resolved",
                        outage.racks(),
                        outage.period().from(),
                        outage.period().until()))
                .orElseGet(() -> new IncidentView(
                        history.incident(),
                        stored.title(),
                        stored.severity(),
                        "open",
                        history.racks(),
                        history.startedAt(),
                        null));
    }

    /** The same with only these racks: who else was hit is not for everybody. */
    IncidentView with(List<RackId> visible) {
        return new IncidentView(incident, title, severity, state, visible, startedAt, resolvedAt);
    }
}
