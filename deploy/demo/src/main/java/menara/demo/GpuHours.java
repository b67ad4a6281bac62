package menara.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** GPU-hours as people write them. The exact quantity is what the API answers beside each line. */
final class GpuHours {

    private static final BigDecimal MILLI_GPU_MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
    private static final int DECIMALS = 3;

    private GpuHours() {}

    static String shown(long milliGpuMilliseconds) {
        return BigDecimal.valueOf(milliGpuMilliseconds)
                .divide(MILLI_GPU_MILLISECONDS_PER_HOUR, DECIMALS, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
