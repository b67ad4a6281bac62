package menara.billing.meters;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import menara.values.PlainText;

/**
 * What is counted, in a unit so small that every quantity is a whole number.
 *
 * @param code name on the wire and in documents: {@code gpu-hour}
 * @param unit the priced unit as people write it: {@code GPU h}
 * @param aggregation how an hour's reports become its quantity
 * @param dimensions what a report may tell apart ({@code model}, {@code region}), sorted
 * @param partsPerUnit how many of the smallest parts make one priced unit
 */
public record Meter(String code, String unit, Aggregation aggregation, List<String> dimensions, long partsPerUnit)
        implements Comparable<Meter> {

    static final int MAX_DIMENSIONS = 8;
    private static final int MAX_UNIT_LENGTH = 24;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** GPUs in use times time: whole milliGPU-milliseconds, 3.6 × 10⁹ of them are one GPU-hour. */
    public static final Meter GPU_HOUR = new Meter("gpu-hour", "GPU h", Aggregation.SUM, List.of(), 3_600_000_000L);

    /** Racks handed over times time: whole rack-milliseconds, 3.6 × 10⁶ of them are one rack-hour. */
    public static final Meter RACK_HOUR = new Meter("rack-hour", "rack h", Aggregation.SUM, List.of(), 3_600_000L);

    /** Meters that are always there, because the platform itself knows how to count them. */
    public static final List<Meter> BUILT_IN = List.of(GPU_HOUR, RACK_HOUR);

    /** Reports of other meters carry at most six decimals. */
    public static final long MICROS_PER_UNIT = 1_000_000;

    public static final long MILLIS_PER_HOUR = 3_600_000;

    public Meter {
        requireName("code", code);
        if (unit.isBlank() || unit.length() > MAX_UNIT_LENGTH) {
            throw new IllegalArgumentException("unit must be 1 to %d characters".formatted(MAX_UNIT_LENGTH));
        }
        PlainText.require(unit, "unit");
        if (dimensions.size() > MAX_DIMENSIONS || dimensions.stream().distinct().count() < dimensions.size()) {
            throw new IllegalArgumentException(
                    "dimensions must be at most %d different names".formatted(MAX_DIMENSIONS));
        }
        dimensions.forEach(name -> requireName("dimensions", name));
        dimensions = dimensions.stream().sorted().toList();
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 40 small letters, digits or dashes and begin and end with a letter or digit");
        }
    }

    /** A defined meter, beside the built-in ones. */
    public static Meter defined(String code, String unit, Aggregation aggregation, List<String> dimensions) {
        long parts = aggregation == Aggregation.GAUGE ? MICROS_PER_UNIT * MILLIS_PER_HOUR : MICROS_PER_UNIT;
        return new Meter(code, unit, aggregation, dimensions, parts);
    }

    /** @throws IllegalArgumentException if it is none of the built-in meters */
    @JsonCreator
    public static Meter of(String code) {
        return BUILT_IN.stream()
                .filter(meter -> meter.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("meter must be gpu-hour or rack-hour"));
    }

    public static Stream<String> builtInCodes() {
        return BUILT_IN.stream().map(Meter::code);
    }

    @JsonValue
    @Override
    public String code() {
        return code;
    }

    @Override
    public int compareTo(Meter other) {
        return code.compareTo(other.code);
    }
}
