package menara.platform.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import menara.eventstore.spring.Correlation;
import menara.values.PlainText;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes RFC 9457 problems: a stable type, what is wrong, how to mend it, and the id to find it in the logs by. */
public final class Problems {

    private static final String TYPE_PREFIX = "urn:menara:problem:";

    private static final int MAX_SHOWN = 2_000;

    private Problems() {}

    /** One field that cannot be used. */
    public record FieldError(String field, String detail) {}

    public static ProblemDetail of(HttpStatusCode status, String name, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, PlainText.shown(detail, MAX_SHOWN));
        problem.setType(URI.create(TYPE_PREFIX + name));
        var known = HttpStatus.resolve(status.value());
        problem.setTitle(known == null ? "Error" : known.getReasonPhrase());
        Correlation.current().ifPresent(id -> problem.setProperty("correlationId", id));
        return problem;
    }

    static ProblemDetail of(HttpStatus status, String detail) {
        return of(status, status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'), detail);
    }

    static ProblemDetail invalid(List<FieldError> found) {
        var errors = found.stream().map(Problems::shown).toList();
        var first = errors.getFirst();
        var problem = of(
                HttpStatus.BAD_REQUEST,
                "invalid-field",
                first.field().isEmpty() ? first.detail() : first.field() + ": " + first.detail());
        problem.setProperty("errors", errors);
        return problem;
    }

    /** Names and values are the caller's own words: half a character of them must not keep the answer from being written. */
    private static FieldError shown(FieldError error) {
        return new FieldError(PlainText.shown(error.field(), MAX_SHOWN), PlainText.shown(error.detail(), MAX_SHOWN));
    }

    static ProblemDetail violated(String rule, String detail) {
        var problem = of(HttpStatus.CONFLICT, rule, detail);
        problem.setProperty("rule", rule);
        return problem;
    }

    /** The members of a problem for those who write JSON themselves. */
    public static Map<String, Object> plain(ProblemDetail problem) {
        var members = new java.util.LinkedHashMap<String, Object>();
        members.put("type", String.valueOf(problem.getType()));
        members.put("title", String.valueOf(problem.getTitle()));
        members.put("status", problem.getStatus());
        members.put("detail", String.valueOf(problem.getDetail()));
        if (problem.getProperties() != null) {
            members.putAll(problem.getProperties());
        }
        return members;
    }
}
