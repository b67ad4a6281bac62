package menara.capacity.campus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Phase.Release;
import menara.capacity.commitments.CommitmentEvent;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.deratings.DeratingEvent;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.deratings.RiskEvent;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.LayoutEvent;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.values.Period;
import menara.values.Power;

/** What each event changes of the campus. */
final class CampusFold {

    private CampusFold() {}

    static Campus of(Campus campus, CampusEvent event) {
        return switch (event) {
            case LayoutEvent layout -> of(campus, layout);
            case DeratingEvent derating -> of(campus, derating);
            case CommitmentEvent commitment -> of(campus, commitment);
            case RiskEvent _ -> campus; // a commitment at risk still takes its power
            default ->
                throw new IllegalArgumentException("%s belongs to no family of the campus"
                        .formatted(event.getClass().getName()));
        };
    }

    private static Campus of(Campus campus, LayoutEvent event) {
        return switch (event) {
            case PhasePlanned e ->
                campus.withPhase(new Phase(
                        e.phase(), e.name(), e.planned(), e.plannedFrom(), List.of(), 0, Headroom.of(Power.ZERO)));
            case PowerCommissioned e ->
                campus.phase(e.phase())
                        .map(phase -> campus.withPhase(
                                phase.plus(new Release(e.release(), e.released(), e.effectiveAt(), e.at()))))
                        .orElse(campus);
            case HallRegistered e ->
                campus.withHall(new Hall(e.hall(), e.phase(), e.limit(), e.at(), Headroom.of(e.limit()), List.of()));
            case RackRegistered e ->
                campus.hall(e.hall())
                        .map(hall -> campus.withHall(hall.plus(Rack.of(e))).indexed(e.rack(), e.hall()))
                        .orElse(campus);
            case PowerNodesRegistered e -> {
                var more = campus.powerTree();
                for (PowerNode node : e.nodes()) {
                    more = more.plus(node);
                }
                yield campus.with(more);
            }
            case RacksConnected e ->
                campus.hall(e.hall())
                        .map(hall -> connected(campus, hall, e.racks()))
                        .orElse(campus);
            case PhaseClassified e ->
                campus.phase(e.phase())
                        .map(phase -> campus.withPhase(phase.classified(e.level())))
                        .orElse(campus)
                        .with(e.step());
            case PhasePostponed e ->
                campus.phase(e.phase())
                        .map(phase -> campus.withPhase(phase.postponed(e)))
                        .orElse(campus)
                        .with(e.step());
        };
    }

    /** Existing commitments of the racks count at the nodes above them from now on. */
    private static Campus connected(Campus campus, Hall hall, List<RackConnection> connections) {
        var changed = hall;
        var loaded = campus.powerTree();
        for (RackConnection connection : connections) {
            var found = changed.rack(connection.rack());
            if (found.isPresent()) {
                var rack = found.get().connected(connection, campus.powerTree().above(connection.hangsOn()));
                changed = changed.plus(rack);
                for (Period period : rack.taken().periods()) {
                    var load = new HashMap<String, Power>();
                    rack.above().forEach(node -> load.put(node, rack.power()));
                    loaded = loaded.with(load, (free, power) -> free.takenFor(period, power));
                }
            }
        }
        return campus.withHall(changed).connected(loaded);
    }

    private static Campus of(Campus campus, DeratingEvent event) {
        return switch (event) {
            case PowerDerated e ->
                campus.with(e.node().value(), free -> free.takenFor(e.period(), e.lost()))
                        .with(Derating.of(e))
                        .forgettingOldest(e.derating(), e.at());
            case PowerRestored e -> {
                var known = campus.deratings().get(e.derating());
                yield campus.with(
                                e.node().value(),
                                free -> free.givenBack(
                                        e.period().from(), e.period().until(), e.regained()))
                        .with(known == null ? Map.of() : known.restored(e))
                        .forgettingOldest(e.derating(), e.at())
                        .with(e.step());
            }
        };
    }

    private static Campus of(Campus campus, CommitmentEvent event) {
        return switch (event) {
            case ReservationWaitlisted _, HoldConfirmed _ -> campus; // nothing is taken or given back
            case ReservationConfirmed e -> campus.with(e.shares(), e.period());
            case ReservationHeld e -> campus.with(e.shares(), e.period());
            case HoldExpired e -> campus.without(e.shares(), e.period());
            case ReservationWithdrawn e -> campus.without(e.shares(), e.period());
            case ReservationReplaced e ->
                campus.without(e.before().shares(), e.before().period()).with(e.shares(), e.period());
            case ReservationEnded e -> {
                var next = campus;
                for (Share share : e.shares()) {
                    next = next.with(
                            share,
                            (free, power) ->
                                    free.givenBack(e.endedAt(), e.period().until(), power),
                            taken -> taken.endedAt(e.period(), e.endedAt()));
                }
                yield next;
            }
        };
    }
}
