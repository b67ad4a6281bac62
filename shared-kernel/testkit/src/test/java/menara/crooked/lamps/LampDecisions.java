package menara.crooked.lamps;

import java.time.Clock;

/** Reads a clock by a detour. */
final class LampDecisions {

    private LampDecisions() {}

    static boolean decide(Hours hours) {
        return hours.areDark();
    }

    /** What the decision asks. */
    record Hours(Clock clock) {

        boolean areDark() {
            return clock.millis() % 2 == 0;
        }
    }
}
