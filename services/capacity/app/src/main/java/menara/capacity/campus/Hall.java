package menara.capacity.campus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/**
 * A room of racks that one phase feeds, with the power that its distribution carries.
 *
 * @param hall its name
 * @param phase the phase that feeds it
 * @param limit power its distribution carries, in watts
 * @param registeredAt when it was recorded
 * @param free what of the limit is not committed, over time
 * @param racks by name
 */
public record Hall(NodeId hall, PhaseId phase, Power limit, Instant registeredAt, Headroom free, List<Rack> racks) {

    public Optional<Rack> rack(RackId name) {
        int index = indexOf(name);
        return index >= 0 ? Optional.of(racks.get(index)) : Optional.empty();
    }

    Hall plus(Rack rack) {
        int index = indexOf(rack.rack());
        var more = new ArrayList<Rack>(racks.size() + 1);
        more.addAll(racks);
        if (index >= 0) {
            more.set(index, rack);
        } else {
            more.add(-index - 1, rack);
        }
        return new Hall(hall, phase, limit, registeredAt, free, Collections.unmodifiableList(more));
    }

    Hall with(Headroom headroom) {
        return new Hall(hall, phase, limit, registeredAt, headroom, racks);
    }

    Hall with(Headroom headroom, List<RackId> changed, UnaryOperator<Occupancy> change) {
        var copies = new ArrayList<>(racks);
        for (RackId name : changed) {
            int index = indexOf(name);
            if (index >= 0) {
                var rack = copies.get(index);
                copies.set(index, rack.with(change.apply(rack.taken())));
            }
        }
        return new Hall(hall, phase, limit, registeredAt, headroom, Collections.unmodifiableList(copies));
    }

    private int indexOf(RackId name) {
        int low = 0;
        int high = racks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = racks.get(middle).rack().value().compareTo(name.value());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
