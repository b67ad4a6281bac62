package menara.platform.web;

import com.mongodb.MongoException;
import java.util.Optional;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.OutcomeUnknown;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** What is said when the database or the log cannot serve a request now: nothing is wrong with the request. */
final class StoreFaults {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFaults.class);

    /** About as long as a replica set needs to elect another primary, in halves. */
    static final String RETRY_AFTER_SECONDS = "5";

    /** Causes looked at; a longer chain is a circle. */
    private static final int MAX_DEPTH = 20;

    private StoreFaults() {}

    /** The fault of the database or the log that a failure comes from; empty if it comes from elsewhere. */
    static Optional<RuntimeException> in(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            switch (cause) {
                case EventTooLarge _ -> {
                    return Optional.empty(); // sent again it would be as large
                }
                case MongoException fault -> {
                    return Optional.of(fault);
                }
                case EventStoreException fault -> {
                    return Optional.of(fault);
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    static ProblemDetail problem(RuntimeException fault) {
        LOG.error("the database did not serve a request", fault);
        return fault instanceof OutcomeUnknown
                ? Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "outcome-unknown",
                        "the database did not say whether this took effect, or it did so in part; send the same request again,"
                                + " under the same Idempotency-Key if it has one: what took effect already does so once")
                : Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database-unavailable",
                        "the database does not answer now, or not in time; send the same request again in a moment");
    }
}
