package menara.capacity.layout;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import menara.values.NodeId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Where a rack stands and which nodes feed and cool it.
 *
 * @param rack the rack
 * @param row the row of its hall; null if it stands in none
 * @param feedA the node of the power tree that feeds it; null if that is not modelled
 * @param feedB the other one, able to carry all of it when A fails; null if there is none
 * @param cooledBy the cooling that carries its heat away; null if that is not modelled
 */
public record RackConnection(
        RackId rack,
        @Nullable NodeId row,
        @Nullable NodeId feedA,
        @Nullable NodeId feedB,
        @Nullable NodeId cooledBy) {

    /** The nodes it hangs on directly. */
    public List<NodeId> hangsOn() {
        return Stream.of(feedA, feedB, cooledBy)
                .filter(Objects::nonNull)
                .map(NodeId.class::cast)
                .toList();
    }
}
