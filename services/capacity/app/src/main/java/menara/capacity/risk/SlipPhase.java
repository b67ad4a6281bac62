package menara.capacity.risk;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Boundary;
import menara.values.PhaseId;

/** @param until when the rest of the phase comes now */
record SlipPhase(PhaseId phase, Instant until, String reason, UUID step, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
