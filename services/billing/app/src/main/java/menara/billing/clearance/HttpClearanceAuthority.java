package menara.billing.clearance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_CHARACTERS = 100_000;

    private final HttpClient http;
    private final URI base;
    private final @Nullable String key;

    /** @param base address of the interface, up to the last slash */
    HttpClearanceAuthority(HttpClient http, URI base, @Nullable String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    @Override
    public String submit(DocumentNumber number, String ubl) {
        var answer = send(request("submissions")
                .header("Content-Type", "application/xml")
                .header("Idempotency-Key", number.value())
                .POST(BodyPublishers.ofString(ubl)));
        return text(answer, "reference");
    }

    @Override
    public Answer answer(String reference) {
        var answer = send(request("submissions/" + reference));
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

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new ClearanceFailed("the authority answered " + answer.statusCode());
            }
            if (answer.body().length() > MAX_CHARACTERS) {
                throw new ClearanceFailed("the authority's answer is longer than the limit");
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException | JacksonException e) {
            throw new ClearanceFailed("the authority cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClearanceFailed("interrupted while waiting for the authority", e);
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
