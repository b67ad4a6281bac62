package menara.capacity.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.capacity.campus.Phase;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * A phase as it is shown.
 *
 * @param released power released so far, whenever it takes effect
 * @param level of sovereignty, 1 or 2; 0 if it has none
 * @param commissionings the releases that add up to it, in the order in which they were recorded
 */
record PhaseView(
        PhaseId phase,
        String name,
        Power planned,
        LocalDate plannedFrom,
        Power released,
        List<Commissioning> commissionings,
        int level) {

    /**
     * @param power additional power
     * @param at first instant at which it is there
     */
    record Commissioning(Power power, Instant at, Instant recordedAt) {}

    static PhaseView of(Phase phase) {
        return new PhaseView(
                phase.phase(),
                phase.name(),
                phase.planned(),
                phase.plannedFrom(),
                phase.released(),
                phase.releases().stream()
                        .map(release -> new Commissioning(release.power(), release.effectiveAt(), release.recordedAt()))
                        .toList(),
                phase.level());
    }
}
