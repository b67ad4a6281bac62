package menara.capacity.envelope;

import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Phase;
import menara.capacity.envelope.EnvelopeCommands.ClassifyPhase;
import menara.capacity.envelope.EnvelopeCommands.CommissionPower;
import menara.capacity.envelope.EnvelopeCommands.PlanPhase;
import menara.capacity.envelope.EnvelopeCommands.RegisterHall;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.ledger.Ledger;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/** The rules of the layout's upper part. Pure. */
final class EnvelopeDecisions {

    private EnvelopeDecisions() {}

    static List<CampusEvent> decide(PlanPhase command, Campus layout) {
        var existing = layout.phase(command.phase());
        if (existing.isPresent()) {
            if (!isSame(command, existing.get())) {
                throw new RuleViolated(
                        "phase-exists", "phase %s is planned already, with other terms".formatted(command.phase()));
            }
            return List.of(); // repeating a request changes nothing
        }
        requireFree(command.phase().value(), layout);
        return List.of(new PhasePlanned(
                command.phase(), command.name(), command.planned(), command.plannedFrom(), command.at()));
    }

    static List<CampusEvent> decide(CommissionPower command, Campus layout) {
        var phase = layout.phase(command.phase()).orElseThrow(() -> new NotFound("phase", command.phase()));
        if (phase.knows(command.release())) {
            return List.of(); // a retry must not release twice
        }
        var available = phase.released().plus(command.power());
        // The nameplate is what the grid connection and the permits were sized for.
        if (available.compareTo(phase.planned()) > 0) {
            throw new RuleViolated(
                    "release-above-plan",
                    "phase %s is planned for %s and has %s released; %s more would be %s too much"
                            .formatted(
                                    command.phase(),
                                    phase.planned(),
                                    phase.released(),
                                    command.power(),
                                    available.minus(phase.planned())));
        }
        return List.of(new PowerCommissioned(
                command.phase(), command.release(), command.power(), available, command.effectiveAt(), command.at()));
    }

    static List<CampusEvent> decide(RegisterHall command, Campus layout) {
        var existing = layout.hall(command.hall());
        if (existing.isPresent()) {
            var hall = existing.get();
            if (!hall.phase().equals(command.phase()) || !hall.limit().equals(command.limit())) {
                throw new RuleViolated(
                        "hall-exists",
                        "hall %s is registered already, in phase %s with a limit of %s"
                                .formatted(hall.hall(), hall.phase(), hall.limit()));
            }
            return List.of(); // repeating a request changes nothing
        }
        requireFree(command.hall().value(), layout);
        var phase = layout.phase(command.phase())
                .orElseThrow(() -> new InvalidField("phase", "there is no phase " + command.phase()));
        if (command.limit().compareTo(phase.planned()) > 0) {
            throw new RuleViolated(
                    "limit-above-parent",
                    "hall %s would carry %s, more than the %s its phase %s is planned for"
                            .formatted(command.hall(), command.limit(), phase.planned(), phase.phase()));
        }
        return List.of(new HallRegistered(command.hall(), command.phase(), command.limit(), command.at()));
    }

    static List<CampusEvent> decide(ClassifyPhase command, Campus layout, Ledger ledger) {
        var phase = layout.phase(command.phase()).orElseThrow(() -> new NotFound("phase", command.phase()));
        if (layout.took(command.step()) || phase.level() == command.level()) {
            return List.of(); // repeating a request changes nothing, even after other requests
        }
        ledger.standing(command.at())
                .filter(commitment -> commitment.demand().leastLevel() > command.level())
                .filter(commitment -> commitment.shares().stream()
                        .anyMatch(share -> share.phase().equals(command.phase())))
                .findFirst()
                .ifPresent(commitment -> {
                    throw new RuleViolated(
                            "level-committed",
                            "reservation %s is committed racks of level %d in phase %s until %s; move or end it first"
                                    .formatted(
                                            commitment.reservation(),
                                            commitment.demand().leastLevel(),
                                            command.phase(),
                                            commitment.until()));
                });
        return List.of(new PhaseClassified(command.phase(), command.level(), command.step(), command.at()));
    }

    private static boolean isSame(PlanPhase command, Phase phase) {
        return phase.name().equals(command.name())
                && phase.planned().equals(command.planned())
                && phase.plannedFrom().equals(command.plannedFrom());
    }

    /** All nodes share one space of names, because refusals and tags name nodes. */
    private static void requireFree(String name, Campus layout) {
        if (layout.hasNode(name)) {
            throw new RuleViolated("node-exists", "another node of the campus is named %s".formatted(name));
        }
    }
}
