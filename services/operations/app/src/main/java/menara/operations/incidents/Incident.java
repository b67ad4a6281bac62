package menara.operations.incidents;

import java.time.Instant;
import java.util.ArrayList;
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
    record Resolved(
            String title,
            int severity,
            List<RackId> racks,
            Period outage,
            Instant openedAt,
            List<Correction> corrections)
            implements Incident {

        public Resolved {
            corrections = List.copyOf(corrections);
        }

        long revision() {
            return FIRST_REVISION + corrections.size();
        }

        private Resolved corrected(OutageCorrected event) {
            var more = new ArrayList<>(corrections);
            more.add(new Correction(
                    event.at(),
                    event.by(),
                    event.reason(),
                    new Correction.Version(racks, outage),
                    new Correction.Version(event.racks(), event.outage())));
            return new Resolved(title, severity, event.racks(), event.outage(), openedAt, more);
        }
    }

    static Incident evolve(Incident incident, IncidentEvent event) {
        return switch (event) {
            case IncidentReported reported ->
                new Open(reported.title(), reported.severity(), reported.racks(), reported.startedAt(), reported.at());
            // Only what was reported is ever resolved, and only what was resolved is corrected.
            case OutageEnded ended ->
                incident instanceof Open open
                        ? new Resolved(
                                open.title(),
                                open.severity(),
                                ended.racks(),
                                ended.outage(),
                                open.openedAt(),
                                List.of())
                        : incident;
            case OutageCorrected corrected ->
                incident instanceof Resolved resolved ? resolved.corrected(corrected) : incident;
        };
    }
}
