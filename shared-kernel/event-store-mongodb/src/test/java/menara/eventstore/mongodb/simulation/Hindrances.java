package menara.eventstore.mongodb.simulation;

import java.util.Random;
import menara.eventstore.mongodb.processing.MongoParkingLot.Awaited;
import org.jspecify.annotations.Nullable;

/**
 * What stands against handling the events of a history: a fault of some that a new version mends, one that nobody mends, and sequences
 * that need a document of another projection's.
 */
final class Hindrances {

    /** Documents without which a sequence cannot be handled. */
    static final String NEEDED = "needed";

    private static final long LAST_MENDED_NANOS = 4_000 * Home.MILLISECOND;

    private final Scheduler scheduler;
    private final int salt;
    private final boolean someStay;
    private final long mendedAt;

    /** A handler that fails; database faults are none. */
    static final class Hindered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient @Nullable Awaited awaited;

        Hindered(String why, @Nullable Awaited awaited) {
            super(why);
            this.awaited = awaited;
        }

        @Nullable
        Awaited awaited() {
            return awaited;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    Hindrances(Scheduler scheduler, Random random) {
        this.scheduler = scheduler;
        this.salt = random.nextInt();
        this.someStay = random.nextInt(3) == 0;
        this.mendedAt = random.nextLong(LAST_MENDED_NANOS);
    }

    private boolean isOneOf(int many, String name) {
        return Math.floorMod((name.hashCode() ^ salt) * 0x9E3779B1, many) == 0;
    }

    /** Whether nobody ever mends what the event fails of. */
    boolean stays(String event) {
        return someStay && isOneOf(11, "stays " + event);
    }

    private boolean isBroken(String event) {
        return scheduler.now() < mendedAt && isOneOf(4, "breaks " + event);
    }

    boolean needsDocument(String sequence) {
        return isOneOf(2, "needs " + sequence);
    }

    /** @throws Hindered if the event cannot be handled now, whatever there is in the database */
    void check(String event) {
        if (stays(event)) {
            throw new Hindered("no version knows what to make of it", null);
        }
        if (isBroken(event)) {
            throw new Hindered("this version does not know what to make of it", null);
        }
    }

    static Hindered missing(String sequence) {
        return new Hindered(sequence + " is not projected yet", new Awaited(NEEDED, sequence));
    }
}
