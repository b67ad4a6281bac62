package menara.capacity.envelope;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Boundary;
import menara.values.PhaseId;

/** @param level of sovereignty, 1 or 2 */
record ClassifyPhase(PhaseId phase, int level, UUID step, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
