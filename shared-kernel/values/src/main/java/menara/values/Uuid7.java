package menara.values;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** UUIDs of version 7 (RFC 9562): ordered by time, for new things. */
public final class Uuid7 {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuid7() {}

    /** A new id: 48 bits of Unix milliseconds, 74 random bits. Ids of one millisecond have no order among themselves. */
    public static UUID at(Instant instant, RandomGenerator random) {
        long high = (instant.toEpochMilli() << 16) | VERSION | (random.nextInt() & 0xFFFL);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
