package menara.billing.metering;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.billing.catalogue.Meter;
import menara.platform.web.InvalidField;
import menara.values.ContractId;
import menara.values.Period;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a CloudEvent (1.0, structured JSON) as a report of usage; the first thing wrong with it is named by its field. */
final class UsageEventReader {

    static final int MAX_SOURCE_LENGTH = 512;
    static final int MAX_ID_LENGTH = 256;

    private static final Set<String> DATA_FIELDS = Set.of("meter", "period", "milliGpus");
    private static final Set<String> PERIOD_FIELDS = Set.of("from", "until");

    private UsageEventReader() {}

    /** @throws InvalidField naming the field as the producer wrote it */
    static UsageEvent read(JsonNode event) {
        if (!event.isObject()) {
            throw new InvalidField("", "must be a CloudEvent: a JSON object");
        }
        requireText(event, "specversion", "1.0");
        requireText(event, "type", UsageEvent.TYPE);
        requireJson(event);
        var key = new UsageKey(source(event), id(event));
        var contract = contract(event);
        var data = object(event, "data", "data", DATA_FIELDS);
        return new UsageEvent(key, contract, meter(data), period(data), milliGpus(data));
    }

    /** When the producer says the event happened; it does not have to. */
    static Optional<Instant> time(JsonNode event) {
        return event.has("time") ? Optional.of(instant(event, "time", "time")) : Optional.empty();
    }

    private static String source(JsonNode event) {
        var source = text(event, "source", "source", MAX_SOURCE_LENGTH);
        try {
            return new URI(source).toString();
        } catch (URISyntaxException e) {
            throw new InvalidField("source", "must be a URI reference");
        }
    }

    private static String id(JsonNode event) {
        var id = text(event, "id", "id", MAX_ID_LENGTH);
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField("id", "must not contain control characters");
        }
        return id;
    }

    private static ContractId contract(JsonNode event) {
        var subject = text(event, "subject", "subject", MAX_ID_LENGTH);
        try {
            var uuid = UUID.fromString(subject);
            if (uuid.toString().equalsIgnoreCase(subject)) {
                return new ContractId(uuid);
            }
        } catch (IllegalArgumentException e) {
            throw notAContract();
        }
        throw notAContract();
    }

    private static InvalidField notAContract() {
        return new InvalidField("subject", "must be the id of a contract, a UUID");
    }

    private static void requireJson(JsonNode event) {
        if (event.has("data_base64")) {
            throw new InvalidField("data_base64", "usage is reported as JSON in data");
        }
        if (event.has("datacontenttype")
                && !text(event, "datacontenttype", "datacontenttype", MAX_ID_LENGTH)
                        .startsWith("application/json")) {
            throw new InvalidField("datacontenttype", "must be application/json");
        }
    }

    private static Meter meter(JsonNode data) {
        // Rack-hours are metered from the racks handed over; taking them from outside too would count them twice.
        if (!text(data, "meter", "data.meter", MAX_ID_LENGTH).equals(Meter.GPU_HOUR.code())) {
            throw new InvalidField("data.meter", "must be " + Meter.GPU_HOUR.code());
        }
        return Meter.GPU_HOUR;
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

    private static JsonNode object(JsonNode parent, String name, String path, Set<String> known) {
        var node = parent.get(name);
        if (node == null || !node.isObject()) {
            throw new InvalidField(path, "must be a JSON object");
        }
        for (var field : node.propertyNames()) {
            if (!known.contains(field)) {
                throw new InvalidField(path + "." + shortened(field), "is not known here");
            }
        }
        return node;
    }

    private static Instant instant(JsonNode parent, String name, String path) {
        var text = text(parent, name, path, MAX_ID_LENGTH);
        Instant instant;
        try {
            instant = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidField(path, "must be an ISO 8601 instant, 2026-03-01T08:00:00Z");
        }
        if (!instant.truncatedTo(ChronoUnit.MILLIS).equals(instant)) {
            throw new InvalidField(path, "must be a whole millisecond");
        }
        return instant;
    }

    private static void requireText(JsonNode event, String name, String expected) {
        if (!text(event, name, name, MAX_ID_LENGTH).equals(expected)) {
            throw new InvalidField(name, "must be " + expected);
        }
    }

    private static String text(JsonNode parent, String name, String path, int maxLength) {
        @Nullable JsonNode node = parent.get(name);
        if (node == null || !node.isString() || node.stringValue().isEmpty()) {
            throw new InvalidField(path, "must be a text");
        }
        var text = node.stringValue();
        if (text.length() > maxLength) {
            throw new InvalidField(path, "must be at most %d characters".formatted(maxLength));
        }
        return text;
    }

    private static String shortened(String field) {
        return field.length() <= MAX_FIELD_SHOWN ? field : field.substring(0, MAX_FIELD_SHOWN) + "…";
    }

    private static final int MAX_FIELD_SHOWN = 40;
}
