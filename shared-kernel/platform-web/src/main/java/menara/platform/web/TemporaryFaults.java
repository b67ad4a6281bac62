package menara.platform.web;

import java.util.Optional;

/** Knows the failures of what a service stands on, such as its database. Every bean of it is asked about a failure that is no refusal. */
public interface TemporaryFaults {

    /** The answer to a request that failed so: 503 with {@code Retry-After}, because nothing is wrong with the request. Empty for another failure. */
    Optional<Problem> answerTo(Throwable failure);
}
