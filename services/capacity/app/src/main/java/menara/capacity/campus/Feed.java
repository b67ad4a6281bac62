package menara.capacity.campus;

import java.util.List;
import menara.capacity.events.PowerNode;

/**
 * A node of the power tree with what is left of it.
 *
 * @param node what it is
 * @param path its own name and those of all nodes above it
 * @param free what of its limit is not promised, over time
 */
public record Feed(PowerNode node, List<String> path, Headroom free) {

    public Feed {
        path = List.copyOf(path);
    }

    Feed with(Headroom headroom) {
        return new Feed(node, path, headroom);
    }
}
