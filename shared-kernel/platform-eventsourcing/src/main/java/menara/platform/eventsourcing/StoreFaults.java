package menara.platform.eventsourcing;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.Optional;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.spring.command.TooContended;
import menara.platform.web.Problem;
import menara.platform.web.TemporaryFaults;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** The answers when the database or the log cannot serve a request now. */
final class StoreFaults implements TemporaryFaults {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFaults.class);

    /** About as long as a replica set needs to elect another primary, in halves. */
    private static final Duration ELECTION = Duration.ofSeconds(5);

    private static final Duration RACE = Duration.ofSeconds(1);

    /** Causes examined; a longer chain is a circle. */
    private static final int MAX_DEPTH = 20;

    @Override
    public Optional<Problem> answerTo(Throwable failure) {
        return failure instanceof TooContended contended
                ? Optional.of(unavailable("too-contended", String.valueOf(contended.getMessage()))
                        .retryAfter(RACE))
                : in(failure).map(StoreFaults::answer);
    }

    /** The fault of the database or the log that caused a failure; empty if the cause lies elsewhere. */
    private static Optional<RuntimeException> in(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            switch (cause) {
                case EventTooLarge _ -> {
                    return Optional.empty(); // a retry would be as large
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

    private static Problem answer(RuntimeException fault) {
        LOG.error("the database did not serve a request", fault);
        var problem = fault instanceof OutcomeUnknown
                ? unavailable(
                        "outcome-unknown",
                        "the database did not say whether this took effect, or it did so in part; send the same request again,"
                                + " under the same Idempotency-Key if it has one: what took effect already does so once")
                : unavailable(
                        "database-unavailable",
                        "the database does not answer now, or not in time; send the same request again in a moment");
        return problem.retryAfter(ELECTION);
    }

    private static Problem unavailable(String name, String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, name, detail);
    }
}
