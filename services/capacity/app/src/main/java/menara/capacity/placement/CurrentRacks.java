package menara.capacity.placement;

import java.util.List;
import java.util.Set;
import menara.capacity.campus.Rack;
import menara.values.NodeId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * The racks of a reservation when it is placed: none when it is new, its own when it changes.
 *
 * @param held racks it has and does not give up, in the order of preference
 * @param keep how many of those it keeps
 * @param take racks it takes by name
 * @param givenUp racks it gives up, which are not chosen again
 * @param home hall that all other racks must come from; null for any
 */
public record CurrentRacks(
        List<Rack> held,
        int keep,
        List<Rack> take,
        Set<RackId> givenUp,
        @Nullable NodeId home) {

    static final CurrentRacks NOTHING = new CurrentRacks(List.of(), 0, List.of(), Set.of(), null);

    public CurrentRacks {
        held = List.copyOf(held);
        take = List.copyOf(take);
        givenUp = Set.copyOf(givenUp);
    }

    static CurrentRacks named(List<Rack> racks) {
        return new CurrentRacks(List.of(), 0, racks, Set.of(), null);
    }

    boolean holds(Rack rack) {
        return contains(held, rack);
    }

    boolean takes(Rack rack) {
        return contains(take, rack);
    }

    /** Whether a rack that it neither has nor names may be chosen. */
    boolean mayAdd(Rack rack) {
        return (home == null || rack.hall().equals(home))
                && !givenUp.contains(rack.rack())
                && !holds(rack)
                && !takes(rack);
    }

    private static boolean contains(List<Rack> racks, Rack rack) {
        for (Rack other : racks) {
            if (other.rack().equals(rack.rack())) {
                return true;
            }
        }
        return false;
    }
}
