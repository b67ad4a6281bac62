package menara.platform.web;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A body is longer than its route takes, or than the service can hold beside the others that are under way. */
final class BodyRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    static final String RETRY_AFTER_SECONDS = "1";

    private final boolean busy;

    private BodyRefused(boolean busy, String message) {
        super(message, null, false, false); // said often when somebody attacks: no stack
        this.busy = busy;
    }

    static BodyRefused tooLarge(long maxBytes) {
        return new BodyRefused(false, "the body is larger than %,d bytes; send it in parts".formatted(maxBytes));
    }

    static BodyRefused busy() {
        return new BodyRefused(true, "too many bodies are being read at once; send it again in a moment");
    }

    boolean isBusy() {
        return busy;
    }

    ProblemDetail problem() {
        var detail = String.valueOf(getMessage());
        return busy
                ? Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "too-busy", detail)
                : Problems.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", detail);
    }
}
