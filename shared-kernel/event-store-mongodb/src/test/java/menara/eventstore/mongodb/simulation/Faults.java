package menara.eventstore.mongodb.simulation;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong between a client and the servers, and how often in this history: some have no faults at all, so that races alone are
 * seen too.
 */
final class Faults {

    private static final long MICROSECOND = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** What becomes of a call. */
    enum Fault {
        NONE,
        /** The servers never get it, and the connection ends. */
        REQUEST_LOST,
        /** They do it, and the connection ends. */
        REPLY_LOST,
        /** The connection ends, and they do it later. */
        LATE,
        /** They do it, the connection ends, and what was sent arrives once more. */
        TWICE,
        /** Nobody gets it, and the connection stays open. */
        SWALLOWED
    }

    private final Random random;
    private final double lost;
    private final double late;
    private final double swallowed;
    private final double slow;

    private Faults(Random random, double lost, double late, double swallowed, double slow) {
        this.random = random;
        this.lost = lost;
        this.late = late;
        this.swallowed = swallowed;
        this.slow = slow;
    }

    static Faults drawn(Random random) {
        boolean quiet = random.nextInt(4) == 0;
        return quiet
                ? new Faults(random, 0, 0, 0, 0)
                : new Faults(
                        random,
                        random.nextInt(4) * 0.02,
                        random.nextInt(4) * 0.02,
                        random.nextInt(3) * 0.005,
                        random.nextInt(3) * 0.02);
    }

    Fault next() {
        double drawn = random.nextDouble();
        if (drawn < lost) {
            return random.nextBoolean() ? Fault.REQUEST_LOST : Fault.REPLY_LOST;
        }
        if (drawn < lost + late) {
            return random.nextBoolean() ? Fault.LATE : Fault.TWICE;
        }
        return drawn < lost + late + swallowed ? Fault.SWALLOWED : Fault.NONE;
    }

    /** How long a message travels. */
    long travel() {
        return random.nextDouble() < slow
                ? random.nextInt(400) * MILLISECOND
                : (50 + random.nextInt(2_000)) * MICROSECOND;
    }

    /** How much later than it should something arrives that was thought to be lost. */
    long lateness() {
        return random.nextInt(800) * MILLISECOND;
    }

    /** Until a majority has a write. */
    long replication() {
        return random.nextDouble() < slow
                ? random.nextInt(600) * MILLISECOND
                : (100 + random.nextInt(3_000)) * MICROSECOND;
    }
}
