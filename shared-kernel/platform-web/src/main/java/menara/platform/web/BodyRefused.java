package menara.platform.web;

import java.io.Serial;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A body is longer than its route takes, or than the service can hold beside the others that are under way. */
final class BodyRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final transient Problem problem;

    private BodyRefused(Problem problem) {
        super(problem.detail(), null, false, false); // made often under attack: no stack
        this.problem = problem.header(HttpHeaders.CONNECTION, "close");
    }

    static BodyRefused tooLarge(long maxBytes) {
        return new BodyRefused(Problem.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "the body is larger than %,d bytes; send it in parts".formatted(maxBytes)));
    }

    static BodyRefused busy() {
        return new BodyRefused(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too-busy",
                        "too many bodies are being read at once; send it again in a moment")
                .retryAfter(PAUSE));
    }

    Problem problem() {
        return problem;
    }
}
