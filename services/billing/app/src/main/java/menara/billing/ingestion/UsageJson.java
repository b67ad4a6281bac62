package menara.billing.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import menara.platform.web.StrictJson;
import menara.values.refusals.InvalidField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Usage as JSON. Trees take many times the memory of their text, so the number of their nodes is limited too.
 */
final class UsageJson {

    /** Fields, values and brackets of one event; an event with the most dimensions has a fifth of it. */
    static final int MAX_TOKENS_OF_EVENT = 500;

    private static final int MAX_TOKENS_OF_BATCH = UsageController.MAX_BATCH * 100;

    private static final ObjectReader EVENT =
            StrictJson.trees(MAX_TOKENS_OF_EVENT).readerFor(JsonNode.class);
    private static final ObjectReader BATCH =
            StrictJson.trees(MAX_TOKENS_OF_BATCH).readerFor(JsonNode.class);

    private UsageJson() {}

    /** @throws JacksonException if that is not one event */
    static JsonNode event(byte[] json) {
        return EVENT.readTree(json);
    }

    /**
     * The events of an array, read one by one; reading stops when there are too many.
     *
     * @return one more than {@code max} if there are more
     * @throws InvalidField if that is not an array of JSON objects
     */
    static List<JsonNode> batch(InputStream json, int max) throws IOException {
        try (var in = BATCH.createParser(json)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidField("", "must be a JSON array of CloudEvents");
            }
            var events = new ArrayList<JsonNode>();
            while (events.size() <= max && in.nextToken() != JsonToken.END_ARRAY) {
                JsonNode event = in.readValueAsTree();
                events.add(event);
            }
            if (events.size() <= max && in.nextToken() != null) {
                throw new InvalidField("", "must be one JSON array of CloudEvents and nothing after it");
            }
            return events;
        }
    }
}
