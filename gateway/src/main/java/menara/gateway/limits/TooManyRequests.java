package menara.gateway.limits;

import java.time.Duration;
import menara.platform.web.Problem;
import org.springframework.http.HttpStatus;

/** The answer to whoever has used up an allowance. */
final class TooManyRequests {

    private TooManyRequests() {}

    static Problem after(Duration wait) {
        return Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "The allowance is used up; repeat the request after the time in Retry-After.")
                .retryAfter(wait);
    }
}
