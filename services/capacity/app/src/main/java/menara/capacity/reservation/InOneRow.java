package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.reservation.Placement.Outcome;
import menara.capacity.reservation.Placement.Refused;

/**
 * The first racks next to each other, by hall, row and name, that all are free and can be carried together, and that are what it keeps
 * and names with what is between and beside them.
 */
final class InOneRow {

    private final Wanted wanted;
    private final Having having;
    private final int count;
    private final Room room;

    InOneRow(Wanted wanted) {
        this.wanted = wanted;
        this.having = wanted.having();
        this.count = wanted.demand().count();
        this.room = wanted.room();
    }

    Outcome place() {
        var fixed = new ArrayList<>(having.take());
        if (having.keep() == having.held().size()) {
            fixed.addAll(having.held());
        }
        var taken = wanted.taken(fixed);
        if (taken.isPresent()) {
            return taken.get();
        }
        for (Hall hall : wanted.halls()) {
            var rows = new TreeMap<String, List<Rack>>();
            hall.racks()
                    .forEach(rack -> rows.computeIfAbsent(rack.row(), _ -> new ArrayList<>())
                            .add(rack));
            for (var row : rows.values()) {
                for (int first = 0; first + count <= row.size(); first++) {
                    var chosen = row.subList(first, first + count);
                    if (isAllowed(chosen) && isFree(chosen) && wanted.isMetBy(chosen)) {
                        return Wanted.placed(new ArrayList<>(chosen));
                    }
                }
            }
        }
        return new Refused(
                Placement.NOT_ENOUGH_RACKS,
                "%s next to each other in one row are asked for; %s has none such that are free and can be powered from %s until %s%s"
                        .formatted(
                                wanted.racks(),
                                wanted.where(),
                                wanted.period().from(),
                                wanted.period().until(),
                                fixed.isEmpty() ? "" : ", with those it keeps and names"));
    }

    private boolean isAllowed(List<Rack> racks) {
        int kept = 0;
        int named = 0;
        for (Rack rack : racks) {
            if (having.holds(rack)) {
                kept++;
            } else if (having.takes(rack)) {
                named++;
            } else if (!having.mayAdd(rack)) {
                return false;
            }
        }
        return named == having.take().size() && kept == having.keep();
    }

    private boolean isFree(List<Rack> racks) {
        room.clear();
        return racks.stream().allMatch(rack -> room.isFree(rack) && room.carries(rack));
    }
}
