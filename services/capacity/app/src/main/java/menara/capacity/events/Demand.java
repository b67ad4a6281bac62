package menara.capacity.events;

import java.util.List;
import menara.values.NodeId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Which racks are wanted.
 *
 * @param count how many, at least one
 * @param hall all of them in this hall; null when any hall will do
 * @param names exactly these racks, as many as {@code count}; empty when any will do
 */
public record Demand(int count, @Nullable NodeId hall, List<RackId> names) {

    /** The largest reservation: more racks than the campus will ever have. */
    public static final int MAX_RACKS = 5_000;

    public Demand {
        names = List.copyOf(names);
        if (count < 1 || count > MAX_RACKS) {
            throw new IllegalArgumentException("count must be 1 to %d, was %d".formatted(MAX_RACKS, count));
        }
        if (!names.isEmpty() && names.size() != count) {
            throw new IllegalArgumentException(
                    "count must be the number of names, %d, was %d".formatted(names.size(), count));
        }
    }
}
