package menara.platform.documentation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call and its answer, shown in the OpenAPI document and played against the service by a test. A text {@code "{name}"} in an
 * answer stands for an id that the service makes; later examples use it by that name.
 *
 * @param summary what the call does
 */
public record Example(String summary, Request request, Response response) {

    /**
     * @param role role of the caller, {@code capacity-manager}
     * @param organization the caller's organization, if it matters
     * @param path with its query, {@code /api/capacity/envelope?at=…}
     * @param accept media type of the answer; JSON unless said
     * @param contentType media type of the body; JSON unless said
     */
    public record Request(
            String role,
            @Nullable String organization,
            String method,
            String path,
            @Nullable String accept,
            @Nullable String contentType,
            @Nullable JsonNode body) {

        /** The path without its query. */
        public String place() {
            int query = path.indexOf('?');
            return query < 0 ? path : path.substring(0, query);
        }
    }

    /** @param body JSON, or the text of an answer that is not JSON; null if there is none or it is not shown */
    public record Response(int status, @Nullable JsonNode body) {}
}
