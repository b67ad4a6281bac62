package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What is counted, in a unit so small that every quantity is a whole number. */
public enum Meter {
    /** GPUs in use times time: whole milliGPU-milliseconds, 3.6 × 10⁹ of them are one GPU-hour. */
    GPU_HOUR("gpu-hour", "GPU h", 3_600_000_000L),
    /** Racks handed over times time: whole rack-milliseconds, 3.6 × 10⁶ of them are one rack-hour. */
    RACK_HOUR("rack-hour", "rack h", 3_600_000L);

    private final String code;
    private final String unit;
    private final long partsPerUnit;

    Meter(String code, String unit, long partsPerUnit) {
        this.code = code;
        this.unit = unit;
        this.partsPerUnit = partsPerUnit;
    }

    /** @throws IllegalArgumentException if there is no such meter */
    @JsonCreator
    public static Meter of(String code) {
        return Arrays.stream(values())
                .filter(meter -> meter.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("meter must be gpu-hour or rack-hour"));
    }

    /** Name on the wire and in documents: {@code gpu-hour}. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The priced unit as people write it: {@code GPU h}. */
    public String unit() {
        return unit;
    }

    /** How many of the smallest parts make one priced unit. */
    public long partsPerUnit() {
        return partsPerUnit;
    }
}
