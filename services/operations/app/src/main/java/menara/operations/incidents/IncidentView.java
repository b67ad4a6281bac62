package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import menara.operations.incidents.Incident.Correction;
import menara.operations.incidents.Incident.Correction.Version;
import menara.values.IncidentId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * An incident as a caller sees it.
 *
 * @param incident its id
 * @param kind what does not work: power, cooling, network, hardware, software or other
 * @param title internal; null for a tenant
 * @param severity 1 (worst) to 4
 * @param state whether it is open or resolved
 * @param racks the affected racks; for a tenant only those that it had during the outage, and none if a correction removed them all
 * @param startedAt when the outage began
 * @param openedAt when it was recorded
 * @param resolvedAt when it ended, null while it is open
 * @param corrections corrections in the order in which they were made; for a tenant only those that changed something for its racks
 */
record IncidentView(
        IncidentId incident,
        IncidentKind kind,
        @Nullable String title,
        int severity,
        String state,
        List<RackId> racks,
        Instant startedAt,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        List<CorrectionView> corrections) {

    /**
     * A correction as a caller sees it. A tenant sees what changed for its own racks, and neither internal notes nor the racks of others.
     *
     * @param at when it was replaced
     * @param by name of the person who replaced it; null for a tenant
     * @param reason why, internal; null for a tenant
     * @param before the record until then; null for a tenant whose racks were not in it
     * @param after the record since then; null for a tenant whose racks are not in it
     */
    record CorrectionView(
            Instant at,
            @Nullable String by,
            @Nullable String reason,
            @Nullable Version before,
            @Nullable Version after) {

        static CorrectionView of(Correction correction) {
            return new CorrectionView(
                    correction.at(), correction.by(), correction.reason(), correction.before(), correction.after());
        }
    }

    static final String OPEN = "open";
    static final String RESOLVED = "resolved";

    static IncidentView of(IncidentId id, Incident incident) {
        return switch (incident) {
            case Incident.None _ -> throw new IllegalStateException("incident %s was never opened".formatted(id));
            case Incident.Open open ->
                new IncidentView(
                        id,
                        open.kind(),
                        open.title(),
                        open.severity(),
                        OPEN,
                        open.racks(),
                        open.startedAt(),
                        open.openedAt(),
                        null,
                        List.of());
            case Incident.Resolved resolved ->
                new IncidentView(
                        id,
                        resolved.kind(),
                        resolved.title(),
                        resolved.severity(),
                        RESOLVED,
                        resolved.racks(),
                        resolved.outage().from(),
                        resolved.openedAt(),
                        resolved.outage().until(),
                        resolved.corrections().stream().map(CorrectionView::of).toList());
        };
    }

    static IncidentView of(IncidentReadModel.Stored stored) {
        var history = stored.history();
        return history.latest()
                .map(outage -> new IncidentView(
                        history.incident(),
                        stored.kind(),
                        stored.title(),
                        stored.severity(),
                        RESOLVED,
                        outage.racks(),
                        outage.period().from(),
                        history.openedAt(),
                        outage.period().until(),
                        history.corrections()))
                .orElseGet(() -> new IncidentView(
                        history.incident(),
                        stored.kind(),
                        stored.title(),
                        stored.severity(),
                        OPEN,
                        history.racks(),
                        history.startedAt(),
                        history.openedAt(),
                        null,
                        List.of()));
    }

    /** Its order in a list: by the time it was recorded, then by id. */
    String order() {
        return IncidentReadModel.order(openedAt, incident);
    }
}
