package menara.capacity.forecast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.layout.NodeKind;

/**
 * How much of the released power racks could draw at one instant if nothing were committed, and which limits strand the rest. Racks are
 * taken as in placement, in the order of their names, each that every node above it can still carry. Limits are added one kind after the
 * other, and each kind's share is the power it costs. Pure.
 */
final class UsablePower {

    private enum Limit {
        PHASE,
        HALL,
        POWER_TREE,
        COOLING
    }

    private final List<Rack> racks;
    private final Map<String, Limit> kinds = new HashMap<>();
    private final Map<String, Long> built = new HashMap<>();

    UsablePower(Campus campus) {
        this.racks = campus.racks().toList();
        campus.phases().keySet().forEach(phase -> kinds.put(phase, Limit.PHASE));
        campus.halls().values().forEach(hall -> {
            kinds.put(hall.hall().value(), Limit.HALL);
            built.put(hall.hall().value(), hall.limit().watts());
        });
        campus.powerTree().all().forEach(powerNode -> {
            var name = powerNode.node().node().value();
            kinds.put(name, powerNode.node().kind() == NodeKind.COOLING ? Limit.COOLING : Limit.POWER_TREE);
            built.put(name, powerNode.node().rating().limit().watts());
        });
    }

    /**
     * @param released watts of each phase
     * @param lost watts that nodes lost
     * @param heldBack watts held back at nodes on purpose
     */
    Stranded at(Map<String, Long> released, Map<String, Long> lost, Map<String, Long> heldBack) {
        long all = released.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> limits = new HashMap<>(built);
        limits.putAll(released);
        var steps = new ArrayList<Long>();
        for (var kind : Limit.values()) {
            steps.add(watts(
                    limits, node -> kinds.getOrDefault(node, Limit.PHASE).compareTo(kind) <= 0));
        }
        lost.forEach((node, watts) -> limits.merge(node, -watts, Long::sum));
        steps.add(watts(limits, _ -> true));
        heldBack.forEach((node, watts) -> limits.merge(node, -watts, Long::sum));
        steps.add(watts(limits, _ -> true));
        // A limit may exclude a large rack and so make room for two small ones; that does not count as a gain.
        for (int i = 1; i < steps.size(); i++) {
            steps.set(i, Math.min(steps.get(i), steps.get(i - 1)));
        }
        return new Stranded(
                all - steps.get(0),
                steps.get(0) - steps.get(1),
                steps.get(1) - steps.get(2),
                steps.get(2) - steps.get(3),
                steps.get(3) - steps.get(4),
                steps.get(4) - steps.get(5),
                steps.get(5));
    }

    private long watts(Map<String, Long> limits, Predicate<String> counts) {
        var left = new HashMap<>(limits);
        long sum = 0;
        for (var rack : racks) {
            long watts = rack.power().watts();
            if (rack.above().stream().allMatch(node -> !counts.test(node) || left.getOrDefault(node, 0L) >= watts)) {
                rack.above().forEach(node -> left.merge(node, -watts, Long::sum));
                sum += watts;
            }
        }
        return sum;
    }

    /**
     * Watts that cannot be committed, by cause.
     *
     * @param racks there are no racks for it, or none small enough
     * @param halls the halls cannot distribute it
     * @param powerTree a node of the power tree cannot carry it
     * @param cooling the heat cannot be carried away
     * @param deratings lost by nodes
     * @param reserve held back on purpose
     * @param usable the rest, all of which can be committed
     */
    record Stranded(long racks, long halls, long powerTree, long cooling, long deratings, long reserve, long usable) {}
}
