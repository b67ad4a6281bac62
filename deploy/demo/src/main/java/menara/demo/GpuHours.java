package menara.demo;

import java.math.BigInteger;

/** GPU-hours as people write them, without losing a milliGPU-millisecond. */
final class GpuHours {

    private static final long MILLI_GPU_MILLISECONDS_PER_HOUR = 3_600_000_000L;

    private GpuHours() {}

    /** A decimal where it is finite within six digits, else whole hours and the exact fraction that is left. */
    static String exact(long milliGpuMilliseconds) {
        long hours = milliGpuMilliseconds / MILLI_GPU_MILLISECONDS_PER_HOUR;
        long rest = milliGpuMilliseconds % MILLI_GPU_MILLISECONDS_PER_HOUR;
        if (rest % 3_600 == 0) {
            return "%d.%06d".formatted(hours, rest / 3_600);
        }
        long divisor = BigInteger.valueOf(rest)
                .gcd(BigInteger.valueOf(MILLI_GPU_MILLISECONDS_PER_HOUR))
                .longValueExact();
        return "%d %d/%d".formatted(hours, rest / divisor, MILLI_GPU_MILLISECONDS_PER_HOUR / divisor);
    }
}
