package menara.capacity.offers;

import java.time.Duration;
import java.time.Instant;

/** The starts that offers at another time than requested may have. */
public enum StartPrecision {
    /** As soon as there is room, to the millisecond: the end or the start of another commitment. */
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

    /** Whole days from the requested start, so that no offer reveals to the second when another commitment ends or begins. */
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

    /** The first start that is not before {@code millis}. */
    abstract long later(long millis, Instant wanted);

    /** The last start that is not after {@code millis}. */
    abstract long earlier(long millis, Instant wanted);
}
