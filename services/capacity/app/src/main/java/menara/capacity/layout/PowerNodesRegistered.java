package menara.capacity.layout;

import java.time.Instant;
import java.util.List;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Nodes of the power tree were registered. The event has no node's tag: decisions read a campus with a power tree as a whole (ADR 23).
 *
 * @param nodes the nodes, each after those that feed it
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PowerNodesRegistered", version = "1")
public record PowerNodesRegistered(List<PowerNode> nodes, Instant at) implements LayoutEvent {

    /** Nodes in one event, so that no event grows without bound. */
    public static final int MAX_NODES = 500;

    public PowerNodesRegistered {
        nodes = List.copyOf(nodes);
    }
}
