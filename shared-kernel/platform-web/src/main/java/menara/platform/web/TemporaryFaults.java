package menara.platform.web;

import java.util.Optional;

/**
 * Recognises temporary failures of a service's infrastructure, such as its database. Every bean of this type is asked about a failure that
 * is not a refusal.
 */
public interface TemporaryFaults {

    /**
     * The answer to a request with such a failure: 503 with {@code Retry-After}, because the request itself is valid. Empty for another
     * failure.
     */
    Optional<Problem> answerTo(Throwable failure);
}
