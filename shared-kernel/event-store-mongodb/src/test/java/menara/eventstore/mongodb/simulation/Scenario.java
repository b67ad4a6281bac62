package menara.eventstore.mongodb.simulation;

import java.time.Duration;
import java.util.Random;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.ReadStrategy;

/**
 * What there is in a history, drawn from its seed.
 *
 * @param instances processes, each with an engine
 * @param writers of each process, and what each of them appends
 * @param pauseMillis of a writer at most
 * @param counters that they write about: few, so that they meet
 * @param publishers whether each process publishes
 * @param processors whether each process handles events by claims
 * @param parking whether some of the events cannot be handled at first
 * @param dueDates whether work falls due
 * @param keys whether each process writes logs of keys too
 * @param back what an operator puts back to an older state
 * @param troubles kills, elections and cut-off processes
 */
record Scenario(
        ReadStrategy strategy,
        int instances,
        int writers,
        int appends,
        int pauseMillis,
        int counters,
        boolean publishers,
        boolean processors,
        boolean parking,
        boolean dueDates,
        boolean keys,
        Back back,
        int troubles,
        Limits limits) {

    private static final int PAUSE_MILLIS = 60;

    /** Where the log goes back, some go on for longer than it may take to notice it. */
    private static final int LONG_PAUSE_MILLIS = 500;

    private static final int MORE_APPENDS = 6;

    /** What an operator puts back: the promises of publishing and of due dates are not for that. */
    enum Back {
        NOTHING,
        EVERYTHING,
        THE_LOG
    }

    private static final Duration CALL = Duration.ofMillis(400);
    private static final Duration OUTCOME = Duration.ofMillis(1_500);

    /**
     * @param random decides on what there has always been
     * @param more on what was added to it, so that old seeds keep their histories where it adds nothing
     */
    static Scenario drawn(Random random, Random more) {
        boolean parking = more.nextInt(4) == 0;
        var back = parking || more.nextInt(6) != 0 ? Back.NOTHING : more.nextBoolean() ? Back.EVERYTHING : Back.THE_LOG;
        boolean keys = !parking && back == Back.NOTHING && more.nextInt(4) == 0;
        boolean goesBack = back != Back.NOTHING;
        var limits = new Limits(
                random.nextBoolean() ? 2_000 : 1 << 20,
                random.nextBoolean() ? 4 : Limits.MAX_COMMIT_EVENTS,
                1 << 20,
                random.nextInt(3) == 0 ? 1 << 20 : random.nextInt(2_000),
                Duration.ofMillis(4 + random.nextInt(20)),
                Duration.ofMillis(20 + random.nextInt(80)),
                CALL,
                OUTCOME);
        return new Scenario(
                // Point reads end where a log breaks off, and do not see that something stands behind.
                random.nextInt(4) == 0 && !goesBack ? ReadStrategy.POINT_READS : ReadStrategy.INDEXED,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                (goesBack ? MORE_APPENDS : 1) + random.nextInt(4),
                goesBack ? LONG_PAUSE_MILLIS : PAUSE_MILLIS,
                1 + random.nextInt(3),
                random.nextInt(4) == 0 && !goesBack,
                random.nextInt(4) == 0 || parking || goesBack,
                parking,
                random.nextInt(4) == 0 && !goesBack,
                keys,
                back,
                random.nextInt(4),
                limits);
    }
}
