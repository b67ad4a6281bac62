package menara.capacity.placement;

import java.util.List;
import java.util.TreeSet;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.refusals.InvalidField;

/** Whether what a demand names exists. */
public final class DemandNames {

    private DemandNames() {}

    /** @throws InvalidField naming the first rack that is not there */
    public static void named(String field, List<RackId> names, Campus layout) {
        for (int i = 0; i < names.size(); i++) {
            if (layout.rack(names.get(i)).isEmpty()) {
                throw new InvalidField("%s[%d]".formatted(field, i), "there is no rack " + names.get(i));
            }
        }
    }

    /**
     * @return the phases of what the demand names, none if it names nothing
     * @throws InvalidField if a hall or rack it names is not there
     */
    public static List<PhaseId> check(Demand demand, Campus layout) {
        var phases = new TreeSet<String>();
        var wantedHall = demand.hall();
        if (wantedHall != null) {
            var hall = layout.hall(wantedHall)
                    .orElseThrow(() -> new InvalidField("racks.hall", "there is no hall " + wantedHall));
            phases.add(hall.phase().value());
        }
        var wantedPhase = demand.phase();
        if (wantedPhase != null) {
            if (layout.phase(wantedPhase).isEmpty()) {
                throw new InvalidField("racks.phase", "there is no phase " + wantedPhase);
            }
            if (!phases.isEmpty() && !phases.contains(wantedPhase.value())) {
                throw new InvalidField("racks.hall", "hall %s is not in phase %s".formatted(wantedHall, wantedPhase));
            }
            phases.add(wantedPhase.value());
        }
        named("racks.names", demand.names(), layout);
        for (int i = 0; i < demand.names().size(); i++) {
            var name = demand.names().get(i);
            var field = "racks.names[%d]".formatted(i);
            var rack = layout.rack(name).orElseThrow();
            if (wantedHall != null && !rack.hall().equals(wantedHall)) {
                throw new InvalidField(
                        field, "rack %s stands in hall %s, not in %s".formatted(name, rack.hall(), wantedHall));
            }
            if (wantedPhase != null && !rack.phase().equals(wantedPhase)) {
                throw new InvalidField(
                        field, "rack %s is in phase %s, not in %s".formatted(name, rack.phase(), wantedPhase));
            }
            phases.add(rack.phase().value());
        }
        return phases.stream().map(PhaseId::new).toList();
    }
}
