package menara.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import menara.values.PlainText;
import menara.values.refusals.InvalidField.FieldError;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal as RFC 9457 problem details, with the correlation id to find it in the logs by.
 *
 * @param name kebab-case; {@code type} is {@code urn:menara:problem:<name>} and never changes its meaning
 * @param detail what happened to this request and how to mend it, without internals
 * @param members further members, {@code service}
 * @param headers further response headers, {@code Retry-After}
 */
public record Problem(
        HttpStatus status, String name, String detail, Map<String, Object> members, Map<String, String> headers) {

    private static final String TYPE_PREFIX = "urn:menara:problem:";
    /** When whoever refused has not said why. */
    static final String UNSAID = "the request cannot be served";

    private static final String INSTANCE = "instance";
    private static final int MAX_SHOWN = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** It may quote the caller's text: half a character in it must not keep the answer from being written. */
    public Problem {
        detail = PlainText.shown(detail, MAX_SHOWN);
    }

    public static Problem of(HttpStatus status, String name, String detail) {
        return new Problem(status, name, detail, Map.of(), Map.of());
    }

    /** A problem known by its status alone, for refusals by the web server itself. */
    public static Problem of(HttpStatus status) {
        return of(status, nameOf(status), "The request was refused: %s.".formatted(status.getReasonPhrase()));
    }

    /** A problem named after its status. */
    static Problem of(HttpStatus status, String detail) {
        return of(status, status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'), detail);
    }

    /** 400 with all fields that cannot be used. */
    static Problem invalid(List<FieldError> found) {
        var errors = found.stream().map(Problem::shown).toList();
        var first = errors.getFirst();
        return of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-field",
                        first.field().isEmpty() ? first.detail() : first.field() + ": " + first.detail())
                .about("errors", errors);
    }

    /** 409 that names the rule. */
    static Problem violated(String rule, String detail) {
        return of(HttpStatus.CONFLICT, rule, detail).about("rule", rule);
    }

    /** One of ours that a handler threw as Spring's; empty if it is Spring's own, which has no name. */
    static Optional<Problem> named(ProblemDetail thrown) {
        var type = String.valueOf(thrown.getType());
        return type.startsWith(TYPE_PREFIX)
                ? Optional.of(of(
                        HttpStatus.valueOf(thrown.getStatus()), type.substring(TYPE_PREFIX.length()), detail(thrown)))
                : Optional.empty();
    }

    /** What it says of itself. */
    static String detail(ProblemDetail thrown) {
        var detail = thrown.getDetail();
        return detail == null ? UNSAID : detail;
    }

    private static FieldError shown(FieldError error) {
        return new FieldError(PlainText.shown(error.field(), MAX_SHOWN), PlainText.shown(error.detail(), MAX_SHOWN));
    }

    /** @param path of the request that it is of */
    Problem at(String path) {
        return about(INSTANCE, path);
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

    /** Writes it unless the response is already committed. */
    public void writeTo(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        headers.forEach(response::setHeader);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body =
                json(CorrelationId.current().or(() -> Optional.ofNullable(response.getHeader(CorrelationId.HEADER))));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The answer of a functional route. */
    public ServerResponse answer() {
        return ServerResponse.status(status)
                .headers(answer -> headers.forEach(answer::set))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(json());
    }

    /** The answer of a controller or an advice. */
    public ResponseEntity<Object> entity() {
        return ResponseEntity.status(status)
                .headers(answer -> headers.forEach(answer::set))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(json());
    }

    public byte[] json() {
        return json(CorrelationId.current());
    }

    /** @param correlationId of the request, which has left the thread when the container reports an error */
    private byte[] json(Optional<String> correlationId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE_PREFIX + name);
        body.put("title", status.getReasonPhrase());
        body.put("status", status.value());
        body.put("detail", detail);
        Optional.ofNullable(members.get(INSTANCE)).ifPresent(instance -> body.put(INSTANCE, instance));
        correlationId.ifPresent(id -> body.put(CorrelationId.LOG_KEY, id));
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
