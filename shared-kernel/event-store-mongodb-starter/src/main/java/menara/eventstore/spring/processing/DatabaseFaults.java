package menara.eventstore.spring.processing;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.util.Optional;
import menara.eventstore.mongodb.EventTooLarge;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Tells temporary faults of the database or the log from permanent faults of an event. */
final class DatabaseFaults {

    /** Causes examined; a longer chain is a circle. */
    private static final int MAX_DEPTH = 20;

    /** Not authorized: mended in the database. */
    private static final int UNAUTHORIZED = 13;

    private DatabaseFaults() {}

    /** The fault that caused a failure; empty if the cause lies elsewhere, or in the data to be written. */
    static Optional<RuntimeException> in(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            switch (cause) {
                case EventTooLarge _, MongoWriteException _ -> {
                    return Optional.empty();
                }
                case MongoBulkWriteException bulk
                when !bulk.getWriteErrors().isEmpty() -> {
                    return Optional.empty();
                }
                case MongoCommandException command
                when command.getCode() != UNAUTHORIZED && !isPassing(command) -> {
                    return Optional.empty();
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

    private static boolean isPassing(MongoException fault) {
        return fault.hasErrorLabel("RetryableWriteError")
                || fault.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
    }
}
