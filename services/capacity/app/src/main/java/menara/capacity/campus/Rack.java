package menara.capacity.campus;

import java.util.ArrayList;
import java.util.List;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * A cabinet of GPUs in a hall, the unit that is reserved: it serves one reservation at a time.
 *
 * @param rack its name
 * @param hall the hall it stands in
 * @param phase the phase of that hall
 * @param gpus GPUs in it
 * @param model what kind of rack it is
 * @param power power it is planned to draw, in watts
 * @param taken when it is committed
 * @param connection what it hangs on; null while it is not connected to a power tree
 * @param above names of all nodes that must carry it: its phase, its hall, and those of the power tree
 */
public record Rack(
        RackId rack,
        NodeId hall,
        PhaseId phase,
        int gpus,
        String model,
        Power power,
        Occupancy taken,
        @Nullable RackConnection connection,
        List<String> above) {

    public Rack {
        above = List.copyOf(above);
    }

    /** The row it stands in; its hall's name if its row is not known. */
    public String row() {
        return connection == null || connection.row() == null
                ? hall.value()
                : connection.row().value();
    }

    Rack with(Occupancy occupancy) {
        return new Rack(rack, hall, phase, gpus, model, power, occupancy, connection, above);
    }

    /** A rack that hangs on nothing but its hall yet, and is not committed. */
    static Rack of(RackRegistered event) {
        return new Rack(
                event.rack(),
                event.hall(),
                event.phase(),
                event.gpus(),
                event.model(),
                event.plannedPower(),
                Occupancy.FREE,
                null,
                List.of(event.phase().value(), event.hall().value()));
    }

    Rack connected(RackConnection to, List<String> nodesAbove) {
        var nodes = new ArrayList<>(List.of(phase.value(), hall.value()));
        nodes.addAll(nodesAbove);
        return new Rack(rack, hall, phase, gpus, model, power, taken, to, nodes);
    }
}
