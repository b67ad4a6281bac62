package menara.capacity.envelope;

import java.time.Instant;
import java.time.LocalDate;
import menara.capacity.campus.Boundary;
import menara.values.PhaseId;
import menara.values.Power;

/** Plan a building phase. */
record PlanPhase(PhaseId phase, String name, Power planned, LocalDate plannedFrom, Instant at) {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
