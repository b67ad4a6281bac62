package menara.capacity.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.placement.Placement.Outcome;
import menara.capacity.placement.Placement.Refused;

/**
 * The first racks next to each other, by hall, row and name, that are all free, can be powered together, and include the kept and named
 * racks.
 */
final class ContiguousRacks {

    private final PlacementRequest request;
    private final CurrentRacks current;
    private final int count;
    private final RemainingHeadroom remaining;

    ContiguousRacks(PlacementRequest request) {
        this.request = request;
        this.current = request.current();
        this.count = request.demand().count();
        this.remaining = request.remaining();
    }

    Outcome place() {
        var fixed = new ArrayList<>(current.take());
        if (current.keep() == current.held().size()) {
            fixed.addAll(current.held());
        }
        var taken = request.taken(fixed);
        if (taken.isPresent()) {
            return taken.get();
        }
        for (Hall hall : request.halls()) {
            var rows = new TreeMap<String, List<Rack>>();
            hall.racks()
                    .forEach(rack -> rows.computeIfAbsent(rack.row(), _ -> new ArrayList<>())
                            .add(rack));
            for (var row : rows.values()) {
                for (int first = 0; first + count <= row.size(); first++) {
                    var chosen = row.subList(first, first + count);
                    if (isAllowed(chosen) && isFree(chosen) && request.isMetBy(chosen)) {
                        return PlacementRequest.placed(new ArrayList<>(chosen));
                    }
                }
            }
        }
        return new Refused(
                Placement.NOT_ENOUGH_RACKS,
                "%s next to each other in one row are asked for; %s has none such that are free and can be powered from %s until %s%s"
                        .formatted(
                                request.racks(),
                                request.where(),
                                request.period().from(),
                                request.period().until(),
                                fixed.isEmpty() ? "" : ", together with the racks that are kept and named"));
    }

    private boolean isAllowed(List<Rack> racks) {
        int kept = 0;
        int named = 0;
        for (Rack rack : racks) {
            if (current.holds(rack)) {
                kept++;
            } else if (current.takes(rack)) {
                named++;
            } else if (!current.mayAdd(rack)) {
                return false;
            }
        }
        return named == current.take().size() && kept == current.keep();
    }

    private boolean isFree(List<Rack> racks) {
        remaining.clear();
        return racks.stream().allMatch(rack -> remaining.isFree(rack) && remaining.carries(rack));
    }
}
