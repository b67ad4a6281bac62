package menara.eventstore.mongodb.processing;

import java.time.Duration;

/**
 * How long parked sequences wait.
 *
 * @param first until a sequence is tried for the first time
 * @param longest between two tries
 * @param replayLease what a replay may take for one event before another replay may take over
 */
record Pauses(Duration first, Duration longest, Duration replayLease) {

    /** The first pause becomes twice as long after each failure. */
    static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(5), MongoParkingLot.MAX_WAIT, Duration.ofMinutes(5));

    Duration after(int tries) {
        var pause = first;
        for (int i = 0; i < tries && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
