package menara.capacity.commitments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * What a reservation asks for: how many racks, GPUs or watts, and which racks may serve it. It stays unchanged from the request through the
 * commitment, its changes and possible moves to what is shown: the racks of a reservation always meet it.
 *
 * @param count how many, at least one
 * @param hall all of them in this hall; null when any hall will do
 * @param names exactly these racks, as many as {@code count}; empty when any will do
 * @param phase all of them in this phase; null when any will do
 * @param contiguous whether they must stand next to each other in one row; null for no
 * @param spread whether the loss of any one power node above them may take at most half of them, rounded up; null for no
 * @param level least level of sovereignty of their phases; null for any
 * @param gpus at least so many GPUs in all of them; null when only their number matters
 * @param power at least so much planned power of all of them, in watts; null when only their number matters
 */
public record Demand(
        int count,
        @Nullable NodeId hall,
        List<RackId> names,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PhaseId phase,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean contiguous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean spread,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer level,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer gpus,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Power power) {

    /** The largest reservation: more racks than the campus will ever have. */
    public static final int MAX_RACKS = 5_000;

    public Demand(int count, @Nullable NodeId hall, List<RackId> names) {
        this(count, hall, names, null, null, null, null, null, null);
    }

    /** As many racks in any hall, next to each other, spread and of the level if this asks for that. */
    public Demand inAnyHall() {
        return new Demand(count, null, List.of(), null, contiguous, spread, level, gpus, power);
    }

    /** Fewer or more racks of the same place, any of them, with the size in racks. */
    public Demand of(int racks) {
        return racks == count && names.isEmpty()
                ? this
                : new Demand(racks, hall, List.of(), phase, contiguous, spread, level, null, null);
    }

    /** The same, at least so many GPUs. */
    public Demand atLeast(int leastGpus) {
        return new Demand(count, hall, names, phase, contiguous, spread, level, leastGpus, power);
    }

    /**
     * The demand after the reservation was changed to those racks: the place, the spread and the level stay; another number of racks
     * replaces a size in GPUs or power; if racks were named, these are the new names.
     */
    public Demand changedTo(List<RackId> racks) {
        boolean resized = racks.size() != count;
        return new Demand(
                racks.size(),
                hall,
                names.isEmpty() ? names : racks,
                phase,
                contiguous,
                spread,
                level,
                resized ? null : gpus,
                resized ? null : power);
    }

    public boolean mustSpread() {
        return Boolean.TRUE.equals(spread);
    }

    public int leastLevel() {
        return level == null ? 0 : level;
    }

    public boolean mustBeContiguous() {
        return Boolean.TRUE.equals(contiguous);
    }

    public int leastGpus() {
        return Objects.requireNonNullElse(gpus, 0);
    }

    public Power leastPower() {
        return Objects.requireNonNullElse(power, Power.ZERO);
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
                    "named racks cannot be placed otherwise: leave out contiguous and spread");
        }
        if (Boolean.TRUE.equals(contiguous) && Boolean.TRUE.equals(spread)) {
            throw new IllegalArgumentException(
                    "racks of one row hang on one power node: ask for contiguous or for spread");
        }
        if (level != null && (level < 1 || level > 2)) {
            throw new IllegalArgumentException("level must be 1 or 2, was " + level);
        }
    }
}
