package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import menara.values.Period;
import menara.values.RackId;

/** What an incident is at a time. */
sealed interface Incident {

    /** The revision of an outage that the resolution itself records. */
    long FIRST_REVISION = 1;

    /** Never reported. */
    record None() implements Incident {}

    /** Racks are down. */
    record Open(String title, int severity, List<RackId> racks, Instant startedAt, Instant openedAt)
            implements Incident {}

    /** The racks work again, and how long they did not is known. */
    record Resolved(String title, int severity, List<RackId> racks, Period outage, Instant openedAt, long revision)
            implements Incident {}

    static Incident evolve(Incident incident, IncidentEvent event) {
        return switch (event) {
            case IncidentReported reported ->
                new Open(reported.title(), reported.severity(), reported.racks(), reported.startedAt(), reported.at());
            case OutageEnded ended -> resolved(incident, ended.racks(), ended.outage(), FIRST_REVISION);
            case OutageCorrected corrected ->
                resolved(incident, corrected.racks(), corrected.outage(), corrected.revision());
        };
    }

    private static Incident resolved(Incident before, List<RackId> racks, Period outage, long revision) {
        return switch (before) {
            case None none -> none; // only what was reported is ever resolved
            case Open open -> new Resolved(open.title(), open.severity(), racks, outage, open.openedAt(), revision);
            case Resolved resolved ->
                new Resolved(resolved.title(), resolved.severity(), racks, outage, resolved.openedAt(), revision);
        };
    }
}
