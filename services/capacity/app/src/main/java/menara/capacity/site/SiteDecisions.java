package menara.capacity.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Timeline;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.capacity.site.SiteCommands.ImportSite;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.Uuid8;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;

/** The rules of an import: the site is valid, existing parts stay unchanged, and no commitment exceeds a limit. Pure. */
final class SiteDecisions {

    /** Errors reported at once; a document with more is mended in steps. */
    static final int MAX_ERRORS = 100;

    /** Events stored at once, well below what fits into one commit. A larger import continues where it stopped. */
    static final int MAX_EVENTS = 1_000;

    private static final Period EVER = new Period(Timeline.FIRST, Timeline.LAST);

    private SiteDecisions() {}

    static List<CampusEvent> decide(ImportSite command, Campus campus) {
        var present = SiteDocument.of(campus);
        var errors = SiteValidation.errors(command.document(), present);
        if (!errors.isEmpty()) {
            throw InvalidField.of(errors.stream().limit(MAX_ERRORS).toList(), SiteError::field, SiteError::detail);
        }
        refuseChanges(command.document(), SiteIndex.of(present));
        var events = events(command.document(), SiteIndex.of(present), command.at());
        refuseOverselling(events, campus);
        return events;
    }

    /** Existing parts are changed by their own commands, which consider the commitments that depend on them. */
    private static void refuseChanges(SiteDocument document, SiteIndex present) {
        var changes = Stream.of(
                        document.phases().stream()
                                .filter(phase -> present.phase(phase.phase())
                                        .filter(known -> !continues(phase, known))
                                        .isPresent())
                                .map(phase -> "phase " + phase.phase()),
                        document.powerNodes().stream()
                                .filter(node -> isOther(node, present.powerNode(node.node())))
                                .map(node -> "node " + node.node()),
                        document.halls().stream()
                                .filter(hall -> isOther(hall, present.hall(hall.hall())))
                                .map(hall -> "hall " + hall.hall()),
                        document.racks().stream()
                                .filter(rack -> isOther(rack, present.rack(rack.rack()))
                                        && isOther(rack.unconnected(), present.rack(rack.rack())))
                                .map(rack -> "rack " + rack.rack()))
                .flatMap(names -> names)
                .limit(MAX_ERRORS)
                .toList();
        if (!changes.isEmpty()) {
            throw new RuleViolated(
                    "site-differs",
                    "exist already with other content: %s; leave them out or give them as they are"
                            .formatted(String.join(", ", changes)));
        }
    }

    private static boolean continues(PhaseEntry phase, PhaseEntry known) {
        int released = known.commissionings().size();
        return phase.commissionings().size() >= released
                && new PhaseEntry(
                                phase.phase(),
                                phase.name(),
                                phase.planned(),
                                phase.plannedFrom(),
                                phase.commissionings().subList(0, released))
                        .equals(known);
    }

    private static <T> boolean isOther(T wanted, Optional<T> present) {
        return present.filter(known -> !known.equals(wanted)).isPresent();
    }

    private static List<CampusEvent> events(SiteDocument document, SiteIndex present, Instant at) {
        var events = new ArrayList<CampusEvent>();
        for (PhaseEntry phase : document.phases()) {
            if (present.phase(phase.phase()).isEmpty()) {
                events.add(new PhasePlanned(phase.phase(), phase.name(), phase.planned(), phase.plannedFrom(), at));
            }
            events.addAll(releases(phase, present, at));
        }
        var nodes = PowerTreeValidation.fromTheGridDown(document.powerNodes()).stream()
                .filter(node -> present.powerNode(node.node()).isEmpty())
                .toList();
        for (int i = 0; i < nodes.size(); i += PowerNodesRegistered.MAX_NODES) {
            events.add(new PowerNodesRegistered(
                    nodes.subList(i, Math.min(nodes.size(), i + PowerNodesRegistered.MAX_NODES)), at));
        }
        document.halls().stream()
                .filter(hall -> present.hall(hall.hall()).isEmpty())
                .forEach(hall -> events.add(new HallRegistered(hall.hall(), hall.phase(), hall.limit(), at)));
        racks(document, present, at, events);
        return events;
    }

    private static List<PowerCommissioned> releases(PhaseEntry phase, SiteIndex present, Instant at) {
        int known = present.phase(phase.phase())
                .map(there -> there.commissionings().size())
                .orElse(0);
        var releases = new ArrayList<PowerCommissioned>();
        var available = Power.ZERO;
        for (int i = 0; i < phase.commissionings().size(); i++) {
            var commissioning = phase.commissionings().get(i);
            available = available.plus(commissioning.power());
            if (i >= known) {
                releases.add(new PowerCommissioned(
                        phase.phase(),
                        Uuid8.derived("site", phase.phase().value(), Integer.toString(i)),
                        commissioning.power(),
                        available,
                        commissioning.at(),
                        at));
            }
        }
        return releases;
    }

    /** How many of {@code events} to store at once: up to the limit, if possible without parting racks from their connections. */
    static int storedAtOnce(List<CampusEvent> events) {
        if (events.size() <= MAX_EVENTS) {
            return events.size();
        }
        int count = MAX_EVENTS;
        while (count > 0 && events.get(count - 1) instanceof RackRegistered) {
            count--;
        }
        return count == 0 ? MAX_EVENTS : count;
    }

    private static void racks(SiteDocument document, SiteIndex present, Instant at, List<CampusEvent> events) {
        var all = SiteIndex.of(document);
        var byHall = new LinkedHashMap<NodeId, List<RackEntry>>();
        document.racks()
                .forEach(rack -> byHall.computeIfAbsent(rack.hall(), _ -> new ArrayList<>())
                        .add(rack));
        byHall.forEach((hall, racks) -> {
            var phase =
                    present.hall(hall).or(() -> all.hall(hall)).orElseThrow().phase();
            var connections = new ArrayList<RackConnection>();
            for (RackEntry rack : racks) {
                var known = present.rack(rack.rack());
                if (known.isEmpty()) {
                    events.add(new RackRegistered(
                            rack.rack(), hall, phase, rack.gpus(), rack.model(), rack.plannedPower(), at));
                }
                if (rack.isConnected() && !known.equals(Optional.of(rack))) {
                    connections.add(rack.connection());
                }
            }
            if (!connections.isEmpty()) {
                events.add(new RacksConnected(hall, phase, connections, at));
            }
        });
    }

    private static void refuseOverselling(List<CampusEvent> events, Campus campus) {
        var next = campus;
        for (CampusEvent event : events) {
            next = next.evolve(event);
        }
        for (PowerNode node : next.powerTree().all().stream()
                .map(powerNode -> powerNode.node())
                .toList()) {
            var low = next.free(node.node().value()).lowest(EVER);
            if (low.watts() < 0) {
                throw new RuleViolated(
                        "committed-beyond-limit",
                        "node %s would be short of %s from %s for what is committed already"
                                .formatted(node.node(), Power.watts(-low.watts()), low.at()));
            }
        }
    }
}
