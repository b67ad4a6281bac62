package menara.capacity.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Why a reservation got its racks: every rack in the order of halls and names up to the last one taken, with what stood against those
 * that were passed over.
 *
 * @param summary in a sentence
 * @param steps in the order in which the racks were looked at
 */
public record PlacementExplanation(String summary, List<Step> steps) {

    /**
     * @param taken whether it was taken
     * @param takenUntil the commitment that stood against it ends then; null if it was free
     * @param shortOf the first node above it that could not carry it; null if there was none
     * @param missing what that node was short of
     */
    public record Step(
            RackId rack,
            NodeId hall,
            boolean taken,
            @Nullable Instant takenUntil,
            @Nullable String shortOf,
            @Nullable Power missing) {}

    /**
     * The same for a tenant. Which racks others have, until when, and what nodes are short of is none of its business: of what was passed over it
     * learns that there was some, not what and not how much.
     */
    public PlacementExplanation ofItsOwn() {
        var own = steps.stream().filter(Step::taken).toList();
        return new PlacementExplanation(
                "racks taken by hall and name: %d%s"
                        .formatted(
                                own.size(),
                                own.size() == steps.size()
                                        ? ""
                                        : "; passed over: others that were not free, could not be powered or were not asked for"),
                own);
    }

    /** @param campus as it was when the racks were chosen */
    public static PlacementExplanation of(List<RackId> chosen, Period period, Campus campus) {
        var steps = new ArrayList<Step>();
        int left = chosen.size();
        var now = campus;
        int busy = 0;
        int weak = 0;
        for (Rack rack : campus.racks().toList()) {
            if (left == 0) {
                break;
            }
            var other = rack.taken().firstIn(period);
            if (chosen.contains(rack.rack())) {
                steps.add(new Step(rack.rack(), rack.hall(), true, null, null, null));
                now = now.drawing(rack, period);
                left--;
            } else if (other.isPresent()) {
                steps.add(new Step(rack.rack(), rack.hall(), false, other.get().until(), null, null));
                busy++;
            } else {
                var free = now;
                var node = rack.above().stream()
                        .filter(name -> free.free(name).lowestWatts(period)
                                < rack.power().watts())
                        .findFirst();
                var missing = node.map(name -> Power.watts(
                        rack.power().watts() - Math.max(0, free.free(name).lowestWatts(period))));
                steps.add(new Step(rack.rack(), rack.hall(), false, null, node.orElse(null), missing.orElse(null)));
                weak += node.isPresent() ? 1 : 0;
            }
        }
        int others = steps.size() - chosen.size() - busy - weak;
        return new PlacementExplanation(
                "racks taken by hall and name: %d; passed over: %d committed to others in the period, %d for want of power%s"
                        .formatted(
                                chosen.size(),
                                busy,
                                weak,
                                others == 0 ? "" : ", %d not asked for or heavier than others".formatted(others)),
                steps);
    }
}
