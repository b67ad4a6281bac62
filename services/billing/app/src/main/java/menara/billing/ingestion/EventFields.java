package menara.billing.ingestion;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import menara.values.PlainText;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fields of an event as their producer wrote them; an error names the path of the field. */
final class EventFields {

    static final int MAX_ID_LENGTH = 256;
    private static final int MAX_FIELD_SHOWN = 40;

    /** Outside of these the clock is wrong, and milliseconds or months cannot be computed. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private EventFields() {}

    static JsonNode object(JsonNode parent, String name, String path, Set<String> known) {
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

    static Instant instant(JsonNode parent, String name, String path) {
        var text = text(parent, name, path, MAX_ID_LENGTH);
        Instant instant;
        try {
            instant = PlainInstant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidField(path, "must be an ISO 8601 instant, 2026-03-01T08:00:00Z");
        }
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidField(path, "must lie between %s and %s".formatted(EARLIEST, LATEST));
        }
        if (!instant.truncatedTo(ChronoUnit.MILLIS).equals(instant)) {
            throw new InvalidField(path, "must be a whole millisecond");
        }
        return instant;
    }

    static void requireText(JsonNode event, String name, String expected) {
        if (!text(event, name, name, MAX_ID_LENGTH).equals(expected)) {
            throw new InvalidField(name, "must be " + expected);
        }
    }

    static String text(JsonNode parent, String name, String path, int maxLength) {
        @Nullable JsonNode node = parent.get(name);
        if (node == null || !node.isString() || node.stringValue().isEmpty()) {
            throw new InvalidField(path, "must be a text");
        }
        var text = node.stringValue();
        if (text.length() > maxLength) {
            throw new InvalidField(path, "must be at most %d characters".formatted(maxLength));
        }
        // A broken character is stored as a question mark, so that two different texts would become equal.
        if (!PlainText.isPlain(text)) {
            throw new InvalidField(path, "must not contain control characters or broken characters");
        }
        return text;
    }

    private static String shortened(String field) {
        return PlainText.shown(field, MAX_FIELD_SHOWN);
    }
}
