package menara.capacity.offers;

import java.time.Duration;
import java.time.Instant;

/** At which instants an offer may begin that is made for another time than was asked for. */
public enum StartPrecision {
    /** As soon as there is room, to the millisecond: the end or the beginning of some other commitment. */
    EXACT {
        @Override
        long later(long millis, Instant wanted) {
            return millis;
        }

        @Override
        long earlier(long millis, Instant wanted) {
            return millis;
        }
    },

    /** Whole days from the time asked for, so that no offer reveals to the second when another commitment ends or begins. */
    BY_DAY {
        @Override
        long later(long millis, Instant wanted) {
            return wanted.toEpochMilli() + Math.ceilDiv(millis - wanted.toEpochMilli(), DAY) * DAY;
        }

        @Override
        long earlier(long millis, Instant wanted) {
            return wanted.toEpochMilli() - Math.ceilDiv(wanted.toEpochMilli() - millis, DAY) * DAY;
        }
    };

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** The first beginning that is not before {@code millis}. */
    abstract long later(long millis, Instant wanted);

    /** The last beginning that is not after {@code millis}. */
    abstract long earlier(long millis, Instant wanted);
}
