package menara.capacity.envelope;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Boundary;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * Release commissioned power of a phase.
 *
 * @param release follows from the idempotency key, so that a repeated request is known
 * @param power additional power
 * @param effectiveAt first instant at which it is there
 */
record ReleasePower(UUID release, PhaseId phase, Power power, Instant effectiveAt, Instant at) {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
