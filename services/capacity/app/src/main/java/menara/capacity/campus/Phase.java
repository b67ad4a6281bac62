package menara.capacity.campus;

import java.time.LocalDate;
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
 * @param free what of the released power is not promised, over time
 */
public record Phase(PhaseId phase, String name, Power planned, LocalDate plannedFrom, Power released, Headroom free) {

    Phase with(Headroom headroom) {
        return new Phase(phase, name, planned, plannedFrom, released, headroom);
    }

    Phase released(Power total, Headroom headroom) {
        return new Phase(phase, name, planned, plannedFrom, total, headroom);
    }
}
