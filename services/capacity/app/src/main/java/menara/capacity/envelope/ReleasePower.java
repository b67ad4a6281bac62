package menara.capacity.envelope;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * Release commissioned power of a phase.
 *
 * @param power additional power
 * @param effectiveAt first instant at which it is there
 */
record ReleasePower(PhaseId phase, Power power, Instant effectiveAt, Instant at) {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
