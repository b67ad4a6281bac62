package menara.capacity.risk;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Phase;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.deratings.ReservationNoLongerAtRisk;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PhasePostponed.MovedRelease;
import menara.capacity.ledger.Ledger;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.capacity.risk.RiskCommands.DeratePower;
import menara.capacity.risk.RiskCommands.PostponePhase;
import menara.capacity.risk.RiskCommands.RestorePower;
import menara.values.Period;
import menara.values.Power;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/**
 * The rules for power that the campus loses and gets back. Pure. A loss is a fact and is recorded even if the power is committed; the
 * commitments that it puts at risk are recorded with it.
 */
final class RiskDecisions {

    private RiskDecisions() {}

    static List<CampusEvent> decide(DeratePower command, Campus campus, Ledger ledger) {
        if (campus.deratings().containsKey(command.derating())) {
            return List.of(); // a retry takes nothing away twice
        }
        var node = command.node().value();
        if (!campus.limited().contains(node)) {
            throw new InvalidField("node", "there is no phase, hall or node of the power tree named " + node);
        }
        var built = campus.builtFor(node);
        if (command.lost().equals(Power.ZERO) || command.lost().compareTo(built) > 0) {
            throw new InvalidField(
                    "lost",
                    "must be more than 0 W and at most the %s that %s is built for, was %s"
                            .formatted(built, node, command.lost()));
        }
        if (command.cause() == DeratingCause.RESERVE) {
            var low = campus.free(node).lowest(command.period());
            if (low.watts() < command.lost().watts()) {
                throw new RuleViolated(
                        "reserve-above-free",
                        "%s has %s free at %s; a reserve of %s would break a commitment"
                                .formatted(node, Power.watts(Math.max(0, low.watts())), low.at(), command.lost()));
            }
        }
        return withRisks(
                new PowerDerated(
                        command.derating(),
                        command.node(),
                        command.cause(),
                        command.lost(),
                        command.period(),
                        command.reason(),
                        campus.tagged(node),
                        command.at()),
                campus,
                ledger);
    }

    static List<CampusEvent> decide(RestorePower command, Campus campus, Ledger ledger) {
        if (campus.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        var derating = campus.deratings().get(command.derating());
        if (derating == null) {
            throw new NotFound("derating", command.derating());
        }
        var from = command.from().isBefore(derating.from()) ? derating.from() : command.from();
        if (from.equals(derating.until())) {
            return List.of(); // a retry gives nothing back twice
        }
        if (from.isAfter(derating.until())) {
            throw new RuleViolated(
                    "derating-over",
                    "derating %s of %s ended at %s already"
                            .formatted(derating.derating(), derating.node(), derating.until()));
        }
        return withRisks(
                new PowerRestored(
                        derating.derating(),
                        derating.node(),
                        derating.lost(),
                        new Period(from, derating.until()),
                        campus.tagged(derating.node().value()),
                        command.step(),
                        command.at()),
                campus,
                ledger);
    }

    static List<CampusEvent> decide(PostponePhase command, Campus campus, Ledger ledger) {
        if (campus.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        var phase = campus.phase(command.phase()).orElseThrow(() -> new NotFound("phase", command.phase()));
        var day = LocalDate.ofInstant(command.until(), ZoneOffset.UTC);
        var moved = moved(phase, command);
        if (moved.isEmpty() && day.equals(phase.plannedFrom())) {
            return List.of(); // a retry moves nothing twice
        }
        if (day.isBefore(phase.plannedFrom())) {
            throw new RuleViolated(
                    "postponement-backwards",
                    "phase %s is planned from %s; it cannot be postponed to %s. What comes early is commissioned early"
                            .formatted(command.phase(), phase.plannedFrom(), day));
        }
        return withRisks(
                new PhasePostponed(command.phase(), day, moved, command.reason(), command.step(), command.at()),
                campus,
                ledger);
    }

    /** Releases that were to take effect after now and before the new date. */
    private static List<MovedRelease> moved(Phase phase, PostponePhase command) {
        return phase.releases().stream()
                .filter(release -> release.effectiveAt().isAfter(command.at())
                        && release.effectiveAt().isBefore(command.until()))
                .map(release -> new MovedRelease(
                        release.release(), release.power(), new Period(release.effectiveAt(), command.until())))
                .toList();
    }

    static List<CampusEvent> decide(AssessRisk command, Campus campus, Ledger ledger) {
        return changes(campus, ledger, command.at());
    }

    private static List<CampusEvent> withRisks(CampusEvent event, Campus campus, Ledger ledger) {
        var events = new ArrayList<CampusEvent>();
        events.add(event);
        events.addAll(changes(campus.evolve(event), ledger.evolve(event), event.at()));
        return events;
    }

    /** Records each change of risk: commitments newly at risk, and commitments no longer at risk. */
    private static List<CampusEvent> changes(Campus campus, Ledger ledger, Instant now) {
        var events = new ArrayList<CampusEvent>();
        var still = new HashSet<String>();
        for (var risk : Risk.assess(campus, ledger, now)) {
            var commitment = risk.commitment();
            var name = commitment.reservation().toString();
            still.add(name);
            if (!risk.shortfalls().equals(ledger.atRisk().get(name))) {
                events.add(new ReservationAtRisk(
                        commitment.reservation(), commitment.contract(), commitment.tenant(), risk.shortfalls(), now));
            }
        }
        for (var name : ledger.atRisk().keySet()) {
            var commitment = ledger.commitment(name);
            if (commitment != null && !still.contains(name)) {
                events.add(new ReservationNoLongerAtRisk(
                        commitment.reservation(), commitment.contract(), commitment.tenant(), now));
            }
        }
        return events;
    }
}
