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
    record Open(String title, int severity, List<RackId> racks, Instant startedAt) implements Incident {}

    /** The racks work again, and how long they did not is known. */
    record Resolved(String title, int severity, List<RackId> racks, Period outage, long revision) implements Incident {}

    static Incident evolve(Incident incident, IncidentEvent event) {
        return switch (event) {
            case IncidentReported reported ->
                new Open(reported.title(), reported.severity(), reported.racks(), reported.startedAt());
            case OutageEnded ended ->
                new Resolved(titleOf(incident), ended.severity(), ended.racks(), ended.outage(), FIRST_REVISION);
            case OutageCorrected corrected ->
                new Resolved(
                        titleOf(incident),
                        corrected.severity(),
                        corrected.racks(),
                        corrected.outage(),
                        corrected.revision());
        };
    }

    private static String titleOf(Incident incident) {
        return switch (incident) {
            case None _ -> "";
            case Open open -> open.title();
            case Resolved resolved -> resolved.title();
        };
    }
}
