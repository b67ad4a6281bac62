package menara.billing.clearance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import menara.platform.web.PartnerHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An authority over HTTP. Morocco's interface is not published; this is what such interfaces have in common: {@code POST
 * submissions} takes the XML under the document's number as {@code Idempotency-Key} and answers 200 or 202 with {@code {"reference"}};
 * {@code GET submissions/<reference>} answers {@code {"state": "pending" | "cleared" | "rejected", "clearance", "reasons"}}.
 */
final class HttpClearanceAuthority implements ClearanceAuthority {

    private final PartnerHttp http;
    private final URI base;
    private final @Nullable String key;

    /** @param base address of the interface, up to the last slash */
    HttpClearanceAuthority(PartnerHttp http, URI base, @Nullable String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    @Override
    public String submit(DocumentNumber number, String ubl) {
        var headers = headers();
        headers.put("Content-Type", "application/xml");
        headers.put("Idempotency-Key", number.value());
        return text(sent(() -> http.post(base.resolve("submissions"), headers, ubl.getBytes(UTF_8))), "reference");
    }

    @Override
    public Answer answer(String reference) {
        var answer = sent(() -> http.get(base.resolve("submissions/" + reference), headers()));
        return switch (text(answer, "state")) {
            case "pending" -> new Answer.Pending();
            case "cleared" -> new Answer.Cleared(text(answer, "clearance"));
            case "rejected" -> {
                var reasons = new ArrayList<String>();
                answer.path("reasons").forEach(reason -> reasons.add(reason.asString("")));
                yield new Answer.Rejected(reasons);
            }
            default -> throw new ClearanceFailed("the authority answered with an unknown state: " + answer);
        };
    }

    private Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        return headers;
    }

    private interface Request {
        byte[] send() throws IOException;
    }

    private static JsonNode sent(Request request) {
        try {
            return JsonMapper.shared().readTree(request.send());
        } catch (IOException | JacksonException e) {
            throw new ClearanceFailed("the authority cannot be reached: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode answer, String field) {
        var text = answer.path(field).asString("");
        if (text.isEmpty()) {
            throw new ClearanceFailed("the authority's answer has no " + field);
        }
        return text;
    }
}
