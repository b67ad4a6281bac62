package menara.billing.ingestion;

import static menara.billing.ingestion.EventFields.MAX_ID_LENGTH;
import static menara.billing.ingestion.EventFields.instant;
import static menara.billing.ingestion.EventFields.object;
import static menara.billing.ingestion.EventFields.requireText;
import static menara.billing.ingestion.EventFields.text;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.platform.web.StrictJson;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a CloudEvent (1.0, structured JSON; what may be left out may be null as well, section 2.2 of its JSON format) as a report of usage; the
 * first thing wrong with it is named by its field.
 */
public final class UsageEventReader {

    static final int MAX_SOURCE_LENGTH = 512;

    /** So that a gauge held through a whole day fits into a long: 2 million units. */
    static final long MAX_VALUE_MICROS = 2_000_000L * Meter.MICROS_PER_UNIT;

    static final int MAX_VALUE_DECIMALS = 6;
    static final int MAX_DIMENSION_LENGTH = 64;

    private static final int UUID_LENGTH = 36;

    private static final Set<String> DATA_FIELDS = Set.of("meter", "period", "milliGpus", "supersedes");
    private static final Set<String> READING_FIELDS = Set.of("meter", "value", "dimensions", "member", "supersedes");
    private static final Set<String> RETRACTION_FIELDS = Set.of("supersedes");
    private static final Pattern DIMENSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]+)+");
    private static final Set<String> PERIOD_FIELDS = Set.of("from", "until");

    private UsageEventReader() {}

    public static UsageEvent read(JsonNode event) {
        return read(
                event,
                code -> Meter.BUILT_IN.stream()
                        .filter(meter -> meter.code().equals(code))
                        .findFirst());
    }

    /**
     * @param meters finds a meter by its code
     * @throws InvalidField naming the field as the producer wrote it
     */
    public static UsageEvent read(JsonNode event, Function<String, Optional<Meter>> meters) {
        if (!event.isObject()) {
            throw new InvalidField("", "must be a CloudEvent: a JSON object");
        }
        requireText(event, "specversion", "1.0");
        requireJson(event);
        return switch (text(event, "type", "type", MAX_ID_LENGTH)) {
            case UsageEvent.TYPE -> occupied(event);
            case UsageEvent.READING_TYPE -> reading(event, meters);
            case UsageEvent.RETRACTION_TYPE -> retraction(event);
            default ->
                throw new InvalidField(
                        "type",
                        "must be %s, %s or %s"
                                .formatted(UsageEvent.TYPE, UsageEvent.READING_TYPE, UsageEvent.RETRACTION_TYPE));
        };
    }

    private static UsageEvent occupied(JsonNode event) {
        var key = key(event);
        var contract = contract(event);
        var data = object(event, "data", "data", DATA_FIELDS);
        return new UsageEvent.Occupation(
                key, contract, GPU_HOURS, occupiedPeriod(data), milliGpus(data), supersedes(key, data));
    }

    private static final Series GPU_HOURS = Series.of(Meter.GPU_HOUR);

    private static Period occupiedPeriod(JsonNode data) {
        requireGpuHour(data);
        return period(data);
    }

    private static UsageEvent reading(JsonNode event, Function<String, Optional<Meter>> meters) {
        var key = key(event);
        var contract = contract(event);
        var at = instant(event, "time", "time");
        var data = object(event, "data", "data", READING_FIELDS);
        var code = text(data, "meter", "data.meter", MAX_ID_LENGTH);
        var meter = meters.apply(code)
                .filter(found -> !Meter.BUILT_IN.contains(found))
                .orElseThrow(() -> new InvalidField("data.meter", "there is no meter %s for readings".formatted(code)));
        boolean unique = meter.aggregation() == Aggregation.UNIQUE;
        return new UsageEvent.Reading(
                key,
                contract,
                new Series(meter, dimensions(data, meter)),
                new Period(at, at.plusMillis(1)),
                unique || (meter.aggregation() == Aggregation.COUNT && !data.hasNonNull("value")) ? 0 : micros(data),
                unique ? text(data, "member", "data.member", MAX_ID_LENGTH) : "",
                supersedes(key, data));
    }

    private static UsageEvent retraction(JsonNode event) {
        var key = key(event);
        var contract = contract(event);
        var data = object(event, "data", "data", RETRACTION_FIELDS);
        return new UsageEvent.Retraction(key, contract, named(key, data));
    }

    private static UsageKey key(JsonNode event) {
        return new UsageKey(source(event), id(event));
    }

    private static @Nullable String supersedes(UsageKey key, JsonNode data) {
        return data.hasNonNull("supersedes") ? named(key, data) : null;
    }

    private static String named(UsageKey key, JsonNode data) {
        var id = text(data, "supersedes", "data.supersedes", MAX_ID_LENGTH);
        if (id.equals(key.id())) {
            throw new InvalidField("data.supersedes", "must be the id of another event of the same source");
        }
        return id;
    }

    private static SortedMap<String, String> dimensions(JsonNode data, Meter meter) {
        var dimensions = new TreeMap<String, String>();
        if (data.hasNonNull("dimensions")) {
            var node = object(data, "dimensions", "data.dimensions", Set.copyOf(meter.dimensions()));
            for (var name : node.propertyNames()) {
                var path = "data.dimensions." + name;
                var value = text(node, name, path, MAX_DIMENSION_LENGTH);
                if (!DIMENSION.matcher(value).matches()) {
                    throw new InvalidField(path, "must be letters, digits and . _ / -");
                }
                dimensions.put(name, value);
            }
        }
        return dimensions;
    }

    /** A value in millionths; exact, or refused. */
    private static long micros(JsonNode data) {
        @Nullable JsonNode node = data.get("value");
        if (node == null || !(node.isNumber() || node.isString())) {
            throw new InvalidField("data.value", "must be a number");
        }
        BigDecimal value;
        try {
            value = new BigDecimal(node.isString() ? node.stringValue() : node.asString());
        } catch (NumberFormatException e) {
            throw new InvalidField("data.value", "must be a number");
        }
        // Bounded before anything is calculated with it.
        if (!StrictJson.isBounded(value)
                || value.signum() < 0
                || value.stripTrailingZeros().scale() > MAX_VALUE_DECIMALS
                || value.compareTo(BigDecimal.valueOf(MAX_VALUE_MICROS, MAX_VALUE_DECIMALS)) > 0) {
            throw new InvalidField(
                    "data.value",
                    "must be 0 to %d with at most %d decimals"
                            .formatted(MAX_VALUE_MICROS / Meter.MICROS_PER_UNIT, MAX_VALUE_DECIMALS));
        }
        return value.movePointRight(MAX_VALUE_DECIMALS).longValueExact();
    }

    /** When the event happened, if the producer says so. */
    static Optional<Instant> time(JsonNode event) {
        return event.hasNonNull("time") ? Optional.of(instant(event, "time", "time")) : Optional.empty();
    }

    private static String source(JsonNode event) {
        var source = text(event, "source", "source", MAX_SOURCE_LENGTH);
        if (PATH.matcher(source).matches()) {
            return source; // a plain URI reference that needs no parsing, as nearly all are
        }
        try {
            return new URI(source).toString();
        } catch (URISyntaxException e) {
            throw new InvalidField("source", "must be a URI reference");
        }
    }

    private static String id(JsonNode event) {
        return text(event, "id", "id", MAX_ID_LENGTH);
    }

    private static ContractId contract(JsonNode event) {
        var subject = text(event, "subject", "subject", MAX_ID_LENGTH);
        if (!isUuid(subject)) {
            throw new InvalidField("subject", "must be the id of a contract, a UUID");
        }
        return new ContractId(UUID.fromString(subject));
    }

    /** All digits must be there; {@link UUID#fromString} reads missing digits as zeros. */
    private static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? text.charAt(i) != '-' : !HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The contract that an event names, whatever else is wrong with it. */
    static Optional<ContractId> account(JsonNode event) {
        try {
            return Optional.of(contract(event));
        } catch (InvalidField _) {
            return Optional.empty();
        }
    }

    private static void requireJson(JsonNode event) {
        if (event.hasNonNull("data_base64")) {
            throw new InvalidField("data_base64", "usage is reported as JSON in data");
        }
        if (event.hasNonNull("datacontenttype")
                && !text(event, "datacontenttype", "datacontenttype", MAX_ID_LENGTH)
                        .startsWith("application/json")) {
            throw new InvalidField("datacontenttype", "must be application/json");
        }
    }

    private static void requireGpuHour(JsonNode data) {
        // Rack-hours are metered from the racks handed over; ingesting them as well would count them twice.
        if (!text(data, "meter", "data.meter", MAX_ID_LENGTH).equals(Meter.GPU_HOUR.code())) {
            throw new InvalidField("data.meter", "must be " + Meter.GPU_HOUR.code());
        }
    }

    private static Period period(JsonNode data) {
        var period = object(data, "period", "data.period", PERIOD_FIELDS);
        var from = instant(period, "from", "data.period.from");
        var until = instant(period, "until", "data.period.until");
        if (!from.isBefore(until)) {
            throw new InvalidField("data.period.until", "must be after data.period.from");
        }
        return new Period(from, until);
    }

    private static long milliGpus(JsonNode data) {
        var node = data.get("milliGpus");
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new InvalidField("data.milliGpus", "must be a whole number of thousandths of a GPU");
        }
        long milliGpus = node.longValue();
        if (milliGpus < 0 || milliGpus > UsageEvent.MAX_MILLI_GPUS) {
            throw new InvalidField(
                    "data.milliGpus", "must be 0 to %d, was %d".formatted(UsageEvent.MAX_MILLI_GPUS, milliGpus));
        }
        return milliGpus;
    }
}
