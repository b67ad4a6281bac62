package menara.bench;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs the same step in several threads for a while and counts. */
public final class Writers {

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
        try (var pool = Executors.newFixedThreadPool(threads)) {
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
