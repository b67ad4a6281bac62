package menara.capacity.envelope;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import menara.capacity.boundary.Boundary;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;

/** Phases and halls, as capacity managers and operators report them. */
sealed interface EnvelopeCommands {

    /** Plan a building phase. */
    record PlanPhase(PhaseId phase, String name, Power planned, LocalDate plannedFrom, Instant at)
            implements EnvelopeCommands {

        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }

    /**
     * Release commissioned power of a phase.
     *
     * @param release derived from the idempotency key, so that a repeated request is recognised
     * @param power additional power
     * @param effectiveAt first instant at which it is there
     */
    record CommissionPower(UUID release, PhaseId phase, Power power, Instant effectiveAt, Instant at)
            implements EnvelopeCommands {

        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }

    /** Register a hall of a phase. */
    record RegisterHall(NodeId hall, PhaseId phase, Power limit, Instant at) implements EnvelopeCommands {

        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }

    /** @param level of sovereignty, 1 or 2 */
    record ClassifyPhase(PhaseId phase, int level, UUID step, Instant at) implements EnvelopeCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
