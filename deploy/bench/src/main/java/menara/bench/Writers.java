package menara.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs the same step in several threads for a while and counts. The threads are virtual, as those are on which a service answers requests. */
public final class Writers {

    /** A round that is faster than the best before it by this much shows that the warm-up goes on. */
    private static final double BETTER = 1.05;

    /** Rounds without such a one that end it. */
    private static final int STEADY_ROUNDS = 2;

    private static final int MAX_WARM_UPS = 15;
    private static final int COUNTED = 3;

    private Writers() {}

    /** One step of a writer: returns how many events, documents or commands were acknowledged. */
    @FunctionalInterface
    public interface Step {
        int run() throws Exception;
    }

    /**
     * @param threads how many at once
     * @param seconds measured time; a third of it before is warm-up
     * @param writer makes the step of each thread
     * @return units per second over all threads
     */
    public static double perSecond(int threads, int seconds, IntFunction<Step> writer)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / 3;
            long end = warm + TimeUnit.SECONDS.toNanos(seconds);
            var counts = new ArrayList<Future<Long>>();
            for (int i = 0; i < threads; i++) {
                var step = writer.apply(i);
                counts.add(pool.submit((Callable<Long>) () -> count(step, warm, end)));
            }
            long sum = 0;
            for (var count : counts) {
                sum += count.get();
            }
            return (double) sum / seconds;
        }
    }

    /**
     * @param cold units per second in the first round, while the compiler is still at work
     * @param warm median of the last rounds
     */
    public record Rates(double cold, double warm) {}

    /**
     * As {@link #perSecond}, in rounds: until they get no faster, then some that count. A JVM that shares two cores with its database takes a
     * minute until its code is compiled.
     *
     * @param seconds measured time of a round
     */
    public static Rates warmPerSecond(int threads, int seconds, IntFunction<Step> writer)
            throws InterruptedException, ExecutionException {
        double cold = perSecond(threads, seconds, writer);
        warmUp(cold, () -> perSecond(threads, seconds, writer));
        var counted = new double[COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            counted[i] = perSecond(threads, seconds, writer);
        }
        Arrays.sort(counted);
        return new Rates(cold, counted[COUNTED / 2]);
    }

    /** A rate that is measured. */
    @FunctionalInterface
    public interface Round {
        double rate() throws InterruptedException, ExecutionException;
    }

    /**
     * Repeats a round until it gets no faster.
     *
     * @param first rate of a round before
     */
    public static void warmUp(double first, Round round) throws InterruptedException, ExecutionException {
        double best = first;
        int steady = 0;
        for (int i = 1; i < MAX_WARM_UPS && steady < STEADY_ROUNDS; i++) {
            double rate = round.rate();
            steady = rate > best * BETTER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }

    /** What is acknowledged within the measured time counts: a step that began in it and ends after it does not. */
    private static long count(Step step, long warm, long end) throws Exception {
        long counted = 0;
        for (long now = System.nanoTime(); now < end; ) {
            int written = step.run();
            now = System.nanoTime();
            if (now >= warm && now < end) {
                counted += written;
            }
        }
        return counted;
    }
}
