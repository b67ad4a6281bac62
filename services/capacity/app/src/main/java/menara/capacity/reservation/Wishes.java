package menara.capacity.reservation;

import java.util.List;
import java.util.TreeSet;
import menara.capacity.campus.Campus;
import menara.capacity.events.Demand;
import menara.platform.web.InvalidField;
import menara.values.PhaseId;

/** Whether what somebody asks for exists at all. */
public final class Wishes {

    private Wishes() {}

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
        for (int i = 0; i < demand.names().size(); i++) {
            var name = demand.names().get(i);
            var field = "racks.names[%d]".formatted(i);
            var rack = layout.rack(name).orElseThrow(() -> new InvalidField(field, "there is no rack " + name));
            if (wantedHall != null && !rack.hall().equals(wantedHall)) {
                throw new InvalidField(
                        field, "rack %s stands in hall %s, not in %s".formatted(name, rack.hall(), wantedHall));
            }
            phases.add(rack.phase().value());
        }
        return phases.stream().map(PhaseId::new).toList();
    }
}
