package menara.capacity.site;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Phase;
import menara.capacity.campus.PowerNodeState;
import menara.capacity.campus.Rack;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.RackConnection;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * The site in one document, as imported and exported. Parts that an import leaves out stay as they are.
 *
 * @param phases by when they come
 * @param powerNodes the power tree and cooling, in any order
 */
record SiteDocument(List<PhaseEntry> phases, List<PowerNode> powerNodes, List<HallEntry> halls, List<RackEntry> racks) {

    SiteDocument {
        phases = List.copyOf(phases);
        powerNodes = List.copyOf(powerNodes);
        halls = List.copyOf(halls);
        racks = List.copyOf(racks);
    }

    /**
     * @param planned nameplate power
     * @param plannedFrom day from which it is expected
     * @param commissionings its releases, in the order in which they were recorded
     */
    record PhaseEntry(
            PhaseId phase, String name, Power planned, LocalDate plannedFrom, List<CommissioningEntry> commissionings) {

        PhaseEntry {
            commissionings = List.copyOf(commissionings);
        }

        static PhaseEntry of(Phase phase) {
            return new PhaseEntry(
                    phase.phase(),
                    phase.name(),
                    phase.planned(),
                    phase.plannedFrom(),
                    phase.releases().stream()
                            .map(release -> new CommissioningEntry(release.power(), release.effectiveAt()))
                            .toList());
        }
    }

    /**
     * @param power additional power
     * @param at first instant at which it is there
     */
    record CommissioningEntry(Power power, Instant at) {}

    /** @param limit power its distribution carries */
    record HallEntry(NodeId hall, PhaseId phase, Power limit) {

        static HallEntry of(Hall hall) {
            return new HallEntry(hall.hall(), hall.phase(), hall.limit());
        }
    }

    /**
     * @param row the row of the hall it stands in
     * @param feedA the node of the power tree that feeds it
     * @param feedB the other one, able to carry all of it
     * @param cooledBy the cooling that carries its heat away
     */
    record RackEntry(
            RackId rack,
            NodeId hall,
            @Nullable NodeId row,
            int gpus,
            String model,
            Power plannedPower,
            @Nullable NodeId feedA,
            @Nullable NodeId feedB,
            @Nullable NodeId cooledBy) {

        static RackEntry of(Rack rack) {
            var to = rack.connection();
            return new RackEntry(
                    rack.rack(),
                    rack.hall(),
                    to == null ? null : to.row(),
                    rack.gpus(),
                    rack.model(),
                    rack.power(),
                    to == null ? null : to.feedA(),
                    to == null ? null : to.feedB(),
                    to == null ? null : to.cooledBy());
        }

        RackConnection connection() {
            return new RackConnection(rack, row, feedA, feedB, cooledBy);
        }

        boolean isConnected() {
            return row != null || feedA != null || feedB != null || cooledBy != null;
        }

        /** The same rack before it was connected. */
        RackEntry unconnected() {
            return new RackEntry(rack, hall, null, gpus, model, plannedPower, null, null, null);
        }
    }

    /** The whole site, each kind by name; the power tree from the grid down. */
    static SiteDocument of(Campus campus) {
        return new SiteDocument(
                campus.phases().values().stream().map(PhaseEntry::of).toList(),
                campus.powerTree().all().stream()
                        .map(PowerNodeState::node)
                        .sorted(Comparator.comparing(PowerNode::kind))
                        .toList(),
                campus.halls().values().stream().map(HallEntry::of).toList(),
                campus.racks().map(RackEntry::of).toList());
    }
}
