package menara.capacity.campus;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * A building phase.
 *
 * @param phase its name in ids
 * @param name what people call it
 * @param planned nameplate power, in watts
 * @param plannedFrom day from which the power is expected
 * @param released power released so far, whenever it takes effect, in watts
 * @param releases the releases that make it up
 * @param free what of the released power is not promised, over time
 */
public record Phase(
        PhaseId phase,
        String name,
        Power planned,
        LocalDate plannedFrom,
        Power released,
        Set<UUID> releases,
        Headroom free) {

    Phase with(Headroom headroom) {
        return new Phase(phase, name, planned, plannedFrom, released, releases, headroom);
    }

    Phase released(UUID release, Power total, Headroom headroom) {
        var more = new HashSet<>(releases);
        more.add(release);
        return new Phase(phase, name, planned, plannedFrom, total, Set.copyOf(more), headroom);
    }
}
