package menara.gateway.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal as RFC 9457 problem details.
 *
 * @param name kebab-case; {@code type} is {@code urn:menara:problem:<name>} and never changes its meaning
 * @param detail what happened to this request and how to mend it, without internals
 * @param members further members, {@code service}
 * @param headers further response headers, {@code Retry-After}
 */
public record Problem(
        HttpStatus status, String name, String detail, Map<String, Object> members, Map<String, String> headers) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Problem of(HttpStatus status, String name, String detail) {
        return new Problem(status, name, detail, Map.of(), Map.of());
    }

    /** A problem known by its status alone, for refusals that the server's own machinery decides. */
    public static Problem of(HttpStatus status) {
        return of(status, nameOf(status), "The request was refused: %s.".formatted(status.getReasonPhrase()));
    }

    public Problem about(String member, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(members);
        extended.put(member, value);
        return new Problem(status, name, detail, extended, headers);
    }

    public Problem header(String header, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(header, value);
        return new Problem(status, name, detail, members, extended);
    }

    /** @param wait rounded up to whole seconds, at least one */
    public Problem retryAfter(Duration wait) {
        return header(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** Writes it unless the answer is already on its way. */
    public void writeTo(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        headers.forEach(response::setHeader);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = json();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    public ServerResponse answer() {
        return ServerResponse.status(status)
                .headers(answer -> headers.forEach(answer::set))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(json());
    }

    public ResponseEntity<Object> entity() {
        return ResponseEntity.status(status)
                .headers(answer -> headers.forEach(answer::set))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(json());
    }

    byte[] json() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:menara:problem:" + name);
        body.put("title", status.getReasonPhrase());
        body.put("status", status.value());
        body.put("detail", detail);
        body.putAll(members);
        return JSON.writeValueAsBytes(body);
    }

    private static String nameOf(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "bad-request";
            case UNAUTHORIZED -> "not-signed-in";
            case FORBIDDEN -> "not-allowed";
            case NOT_FOUND -> "not-found";
            case METHOD_NOT_ALLOWED -> "method-not-allowed";
            case NOT_ACCEPTABLE -> "not-acceptable";
            case REQUEST_TIMEOUT -> "body-incomplete";
            case CONTENT_TOO_LARGE -> "too-large";
            case UNSUPPORTED_MEDIA_TYPE -> "unsupported-media-type";
            case REQUEST_HEADER_FIELDS_TOO_LARGE -> "headers-too-large";
            case SERVICE_UNAVAILABLE -> "unavailable";
            default -> status.is4xxClientError() ? "bad-request" : "internal-error";
        };
    }
}
