package menara.capacity.campus;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import menara.values.Period;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/**
 * The power of one node that is still free, over all time: a step function kept as its steps. Immutable; a change copies only
 * the path to it, so a calendar of tens of thousands of reservations is shared between the states before and after.
 *
 * <p>The steps stand in a treap (a search tree by instant, a heap by a hash of it, hence balanced without luck), and each
 * subtree knows the sum of its steps and the lowest level reached inside it. Both questions cost O(log steps). Steps that cancel each other
 * are dropped, so that power taken and given back leaves no step.
 */
public final class Headroom {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** From the beginning of time, before any step. */
    private final long initialWatts;

    private final @Nullable Step root;

    private Headroom(long initialWatts, @Nullable Step root) {
        this.initialWatts = initialWatts;
        this.root = root;
    }

    /** A node that always carried {@code limit} and of which nothing is committed. */
    public static Headroom of(Power limit) {
        return new Headroom(limit.watts(), null);
    }

    /** Its content: the level before any step, then for each step its instant in nanoseconds since 1970 and its watts, in order of time. */
    long[] written() {
        var numbers = LongStream.builder().add(initialWatts);
        Step.forEach(root, step -> numbers.add(nanos(step.at)).add(step.watts));
        return numbers.build().toArray();
    }

    /**
     * Reads what {@link #written} wrote.
     *
     * @throws IllegalArgumentException if {@link #written} cannot have written it
     */
    static Headroom read(long[] numbers) {
        if (numbers.length % 2 == 0) {
            throw new IllegalArgumentException(
                    "a level and pairs of numbers, not %d numbers".formatted(numbers.length));
        }
        return new Headroom(numbers[0], Step.read(numbers, 0, numbers.length / 2));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headroom headroom && Arrays.equals(written(), headroom.written());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(written());
    }

    private static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS_PER_SECOND), at.getNano());
    }

    /**
     * The lowest level within a period.
     *
     * @param at first instant at which it is that low
     * @param watts free power then, in watts; negative only if more was committed than there is
     */
    public record Low(Instant at, long watts) {}

    /** Power that comes from {@code at} on, for good. */
    public Headroom grownFrom(Instant at, Power power) {
        return new Headroom(initialWatts, Step.plus(root, at, power.watts()));
    }

    /** Power taken for a period. */
    public Headroom takenFor(Period period, Power power) {
        var taken = Step.plus(root, period.from(), Math.negateExact(power.watts()));
        return new Headroom(initialWatts, Step.plus(taken, period.until(), power.watts()));
    }

    /** Power that had been taken until {@code until} and is given back from {@code from} on. */
    public Headroom givenBack(Instant from, Instant until, Power power) {
        var given = Step.plus(root, from, power.watts());
        return new Headroom(initialWatts, Step.plus(given, until, Math.negateExact(power.watts())));
    }

    /** How many steps it is kept as. */
    int steps() {
        return Step.count(root);
    }

    /** Free watts at {@code instant}. */
    public long at(Instant instant) {
        return Math.addExact(initialWatts, Step.sumUntil(root, instant));
    }

    /** Lowest free watts at any instant of {@code period}. */
    public long lowestWatts(Period period) {
        long begin = at(period.from());
        long later = Step.lowest(root, period, initialWatts, false, false);
        return Math.min(begin, later);
    }

    /** {@link #lowestWatts} with the first instant at which it is reached, for explanations. */
    public Low lowest(Period period) {
        long watts = lowestWatts(period);
        var at = at(period.from()) == watts ? period.from() : Step.firstAt(root, period, initialWatts, watts);
        return new Low(at == null ? period.from() : at, watts);
    }

    /**
     * @param sum of all steps of this subtree, in watts
     * @param lowest lowest running sum within this subtree after at least one of its steps, in watts
     */
    private record Step(
            Instant at,
            long watts,
            @Nullable Step left,
            @Nullable Step right,
            int priority,
            long sum,
            long lowest) {

        private static Step of(Instant at, long watts, @Nullable Step left, @Nullable Step right, int priority) {
            long here = Math.addExact(sum(left), watts);
            long lowest = here;
            if (left != null) {
                lowest = Math.min(lowest, left.lowest);
            }
            if (right != null) {
                lowest = Math.min(lowest, Math.addExact(here, right.lowest));
            }
            return new Step(at, watts, left, right, priority, Math.addExact(here, sum(right)), lowest);
        }

        /** In order of time. */
        static void forEach(@Nullable Step step, Consumer<Step> each) {
            if (step != null) {
                forEach(step.left, each);
                each.accept(step);
                forEach(step.right, each);
            }
        }

        /**
         * The tree of a range of the written steps: the root is the first step with the highest priority, as if the steps had been added in
         * order.
         */
        static @Nullable Step read(long[] numbers, int first, int end) {
            if (first == end) {
                return null;
            }
            int top = first;
            int priority = Integer.MIN_VALUE;
            for (int step = first; step < end; step++) {
                int own = scattered(numbers[1 + 2 * step]);
                if (own > priority) {
                    top = step;
                    priority = own;
                }
            }
            long nanos = numbers[1 + 2 * top];
            var at = Instant.ofEpochSecond(
                    Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
            return of(at, numbers[2 + 2 * top], read(numbers, first, top), read(numbers, top + 1, end), priority);
        }

        private static long sum(@Nullable Step step) {
            return step == null ? 0 : step.sum;
        }

        static @Nullable Step plus(@Nullable Step step, Instant at, long watts) {
            if (watts == 0) {
                return step;
            }
            if (step == null) {
                return of(at, watts, null, null, scattered(nanos(at)));
            }
            int order = at.compareTo(step.at);
            if (order == 0) {
                long sum = Math.addExact(step.watts, watts);
                return sum == 0 ? joined(step.left, step.right) : of(at, sum, step.left, step.right, step.priority);
            }
            if (order < 0) {
                var left = plus(step.left, at, watts);
                return left == null || left.priority <= step.priority
                        ? step.with(left, step.right)
                        : of(left.at, left.watts, left.left, step.with(left.right, step.right), left.priority);
            }
            var right = plus(step.right, at, watts);
            return right == null || right.priority <= step.priority
                    ? step.with(step.left, right)
                    : of(right.at, right.watts, step.with(step.left, right.left), right.right, right.priority);
        }

        /** @param right after all of {@code left} */
        private static @Nullable Step joined(@Nullable Step left, @Nullable Step right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return left.priority >= right.priority
                    ? left.with(left.left, joined(left.right, right))
                    : right.with(joined(left, right.left), right.right);
        }

        static int count(@Nullable Step step) {
            return step == null ? 0 : 1 + count(step.left) + count(step.right);
        }

        private Step with(@Nullable Step newLeft, @Nullable Step newRight) {
            return of(at, watts, newLeft, newRight, priority);
        }

        /** Instants come in order, their priorities must not: the finaliser of MurmurHash3 scatters them. */
        private static int scattered(long nanos) {
            long bits = nanos;
            bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
            bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
            return (int) (bits >>> 32);
        }

        /** Sum of the steps at or before {@code instant}. */
        static long sumUntil(@Nullable Step start, Instant instant) {
            long sum = 0;
            for (var step = start; step != null; ) {
                if (step.at.isAfter(instant)) {
                    step = step.left;
                } else {
                    sum += sum(step.left) + step.watts;
                    step = step.right;
                }
            }
            return sum;
        }

        /**
         * Lowest level right after a step strictly inside {@code period}; {@link Long#MAX_VALUE} if there is none.
         *
         * @param before level before this subtree's first step
         * @param allAfter whether all of the subtree is known to be after the period's begin
         * @param allBefore whether all of the subtree is known to be before the period's end
         */
        static long lowest(@Nullable Step step, Period period, long before, boolean allAfter, boolean allBefore) {
            if (step == null) {
                return Long.MAX_VALUE;
            }
            if (allAfter && allBefore) {
                return before + step.lowest;
            }
            long here = before + sum(step.left) + step.watts;
            boolean after = allAfter || step.at.isAfter(period.from());
            boolean inTime = allBefore || step.at.isBefore(period.until());
            long lowest = after && inTime ? here : Long.MAX_VALUE;
            if (after) {
                lowest = Math.min(lowest, lowest(step.left, period, before, allAfter, inTime));
            }
            if (inTime) {
                lowest = Math.min(lowest, lowest(step.right, period, here, after, allBefore));
            }
            return lowest;
        }

        /** First step strictly inside {@code period} after which the level is {@code level}, which must be its lowest there. */
        static @Nullable Instant firstAt(@Nullable Step step, Period period, long before, long level) {
            if (step == null || before + step.lowest > level) {
                return null;
            }
            long here = before + sum(step.left) + step.watts;
            boolean after = step.at.isAfter(period.from());
            boolean inTime = step.at.isBefore(period.until());
            var found = after ? firstAt(step.left, period, before, level) : null;
            if (found == null && after && inTime && here == level) {
                return step.at;
            }
            return found == null && inTime ? firstAt(step.right, period, here, level) : found;
        }
    }
}
