package menara.capacity.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Which racks are wanted.
 *
 * @param count how many, at least one
 * @param hall all of them in this hall; null when any hall will do
 * @param names exactly these racks, as many as {@code count}; empty when any will do
 * @param phase all of them in this phase; null when any will do
 * @param contiguous whether they must stand next to each other in one row; null for no
 * @param spread whether the loss of any one feed may take at most half of them, rounded up; null for no
 * @param level least level of sovereignty of their phases; null for any
 */
public record Demand(
        int count,
        @Nullable NodeId hall,
        List<RackId> names,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PhaseId phase,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean contiguous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean spread,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer level) {

    /** The largest reservation: more racks than the campus will ever have. */
    public static final int MAX_RACKS = 5_000;

    public Demand(int count, @Nullable NodeId hall, List<RackId> names) {
        this(count, hall, names, null, null, null, null);
    }

    /** So many racks anywhere, next to each other if this asks for that. */
    public Demand anywhere(int racks) {
        return new Demand(racks, null, List.of(), null, contiguous, spread, level);
    }

    /** Fewer or more racks of the same place; which ones is not said any more. */
    public Demand of(int racks) {
        return new Demand(racks, hall, List.of(), phase, contiguous, spread, level);
    }

    public boolean overFeeds() {
        return Boolean.TRUE.equals(spread);
    }

    public int leastLevel() {
        return level == null ? 0 : level;
    }

    public boolean inOneRow() {
        return Boolean.TRUE.equals(contiguous);
    }

    public Demand {
        names = List.copyOf(names);
        if (count < 1 || count > MAX_RACKS) {
            throw new IllegalArgumentException("count must be 1 to %d, was %d".formatted(MAX_RACKS, count));
        }
        if (!names.isEmpty() && names.size() != count) {
            throw new IllegalArgumentException(
                    "count must be the number of names, %d, was %d".formatted(names.size(), count));
        }
        if (!names.isEmpty() && (Boolean.TRUE.equals(contiguous) || Boolean.TRUE.equals(spread))) {
            throw new IllegalArgumentException(
                    "racks that are named stand where they stand: leave out contiguous and spread");
        }
        if (Boolean.TRUE.equals(contiguous) && Boolean.TRUE.equals(spread)) {
            throw new IllegalArgumentException("racks of one row hang on one feed: ask for contiguous or for spread");
        }
        if (level != null && (level < 1 || level > 2)) {
            throw new IllegalArgumentException("level must be 1 or 2, was " + level);
        }
    }
}
