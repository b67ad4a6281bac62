package menara.demo;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import menara.demo.trace.Trace;
import menara.demo.trace.TraceJob;
import menara.demo.trace.TraceNode;

/** A campus of 24 NVL72 racks and a month of jobs on it, made from a seed, for those who have no trace at hand. */
final class SmallCampus {

    static final int RACKS = 24;
    static final int GPUS_PER_RACK = 72;
    static final int JOBS = 600;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int MAX_JOB_HOURS = 72;
    private static final int[] SHARES = {250, 500, 1_000};
    private static final int[] GPUS = {1, 4, 8, 36, 72};
    private static final String[] CLASSES = {"LS", "BE"};

    private SmallCampus() {}

    /** The same month gives the same campus and the same jobs. */
    static Trace of(YearMonth month) {
        var random = new SplittableRandom(month.getYear() * 100L + month.getMonthValue());
        var nodes = new ArrayList<TraceNode>();
        for (int i = 0; i < RACKS; i++) {
            nodes.add(new TraceNode("rack-%02d".formatted(i + 1), GPUS_PER_RACK, i < RACKS / 2 ? "hall-1" : "hall-2"));
        }
        int monthSeconds = month.lengthOfMonth() * 24 * SECONDS_PER_HOUR;
        var jobs = new ArrayList<TraceJob>();
        for (int i = 0; i < JOBS; i++) {
            int gpus = GPUS[random.nextInt(GPUS.length)];
            int share = gpus == 1 ? SHARES[random.nextInt(SHARES.length)] : 1_000;
            int begins = random.nextInt(monthSeconds - SECONDS_PER_HOUR);
            int ends = Math.min(monthSeconds, begins + 1 + random.nextInt(MAX_JOB_HOURS * SECONDS_PER_HOUR));
            jobs.add(new TraceJob(
                    "job-%04d".formatted(i),
                    (long) gpus * share,
                    CLASSES[random.nextInt(CLASSES.length)],
                    begins,
                    ends));
        }
        return new Trace("demo-" + month, nodes, jobs, 0, List.of(), List.of());
    }
}
