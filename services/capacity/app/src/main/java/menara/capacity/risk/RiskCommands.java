package menara.capacity.risk;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.boundary.Boundary;
import menara.capacity.deratings.DeratingCause;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;

/** Power that is lost, restored or postponed, as operators and capacity managers report it. */
sealed interface RiskCommands {

    /** A node carries less than it was built for. */
    record DeratePower(
            UUID derating, NodeId node, DeratingCause cause, Power lost, Period period, String reason, Instant at)
            implements RiskCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }

    /** @param from first instant at which the power is there again */
    record RestorePower(UUID derating, Instant from, UUID step, Instant at) implements RiskCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }

    /** @param until new day of the rest of the phase */
    record PostponePhase(PhaseId phase, Instant until, String reason, UUID step, Instant at) implements RiskCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }

    /** Assess again whether commitments at risk still are. */
    record AssessRisk(Instant at) implements RiskCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
