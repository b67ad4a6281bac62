package menara.capacity.placement;

import java.util.HashMap;
import java.util.Map;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.values.Period;

/** The power left on a campus for a period while racks are chosen one after the other. */
final class RemainingHeadroom {

    private final Campus campus;
    private final Period period;

    /** Lowest free watts over the period at each node, less the power taken there; computed when first needed. */
    private final Map<String, Long> remaining = new HashMap<>();

    RemainingHeadroom(Campus campus, Period period) {
        this.campus = campus;
        this.period = period;
    }

    /** As if nothing had been taken. */
    void clear() {
        remaining.clear();
    }

    boolean isFree(Rack rack) {
        return rack.taken().isFree(period);
    }

    /** Takes the power of a rack if every node above it has it for the whole period; returns whether it did. */
    boolean carries(Rack rack) {
        long watts = rack.power().watts();
        for (String node : rack.above()) {
            if (watts > remaining.computeIfAbsent(node, this::lowestWatts)) {
                return false;
            }
        }
        for (String node : rack.above()) {
            remaining.merge(node, -watts, Long::sum);
        }
        return true;
    }

    /** Undoes the last take. */
    void giveBack(Rack rack) {
        for (String node : rack.above()) {
            remaining.merge(node, rack.power().watts(), Long::sum);
        }
    }

    private long lowestWatts(String node) {
        return campus.free(node).lowestWatts(period);
    }
}
