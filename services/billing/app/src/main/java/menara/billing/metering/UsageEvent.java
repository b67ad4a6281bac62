package menara.billing.metering;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import menara.values.Period;

/**
 * A report of usage, well formed.
 *
 * @param key its identity
 * @param contract on whose account
 * @param meter what was used
 * @param period when, in whole milliseconds
 * @param milliGpus thousandths of a GPU in use all the time, 0 to {@value #MAX_MILLI_GPUS}
 */
record UsageEvent(UsageKey key, ContractId contract, Meter meter, Period period, long milliGpus) {

    static final String TYPE = "menara.usage.gpu.v1";

    /** All GPUs that the campus can ever hold (247,896), in thousandths and rounded up. */
    static final long MAX_MILLI_GPUS = 250_000_000;

    /**
     * SHA-256 over what the event says about usage. How it was written, when it was sent and through which hops it came may
     * differ when a producer sends it again.
     */
    String contentHash() {
        var content = String.join(
                "\n",
                TYPE,
                contract.toString(),
                meter.code(),
                period.from().toString(),
                period.until().toString(),
                Long.toString(milliGpus));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
