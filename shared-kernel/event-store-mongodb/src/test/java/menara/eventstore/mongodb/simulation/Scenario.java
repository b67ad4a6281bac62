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
 * @param counters that they write about: few, so that they meet
 * @param publishers whether each process publishes
 * @param processors whether each process handles events by claims
 * @param parking whether some of the events cannot be handled at first
 * @param dueDates whether work falls due
 * @param troubles kills, elections and cut-off processes
 */
record Scenario(
        ReadStrategy strategy,
        int instances,
        int writers,
        int appends,
        int counters,
        boolean publishers,
        boolean processors,
        boolean parking,
        boolean dueDates,
        int troubles,
        Limits limits) {

    private static final Duration CALL = Duration.ofMillis(400);
    private static final Duration OUTCOME = Duration.ofMillis(1_500);

    /**
     * @param random decides on what there has always been
     * @param more on what was added to it, so that old seeds keep their histories where it adds nothing
     */
    static Scenario drawn(Random random, Random more) {
        boolean parking = more.nextInt(4) == 0;
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
                random.nextInt(4) == 0 ? ReadStrategy.POINT_READS : ReadStrategy.INDEXED,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                random.nextInt(4) == 0,
                random.nextInt(4) == 0 || parking,
                parking,
                random.nextInt(4) == 0,
                random.nextInt(4),
                limits);
    }
}
