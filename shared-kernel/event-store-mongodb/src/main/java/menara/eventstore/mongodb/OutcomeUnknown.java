package menara.eventstore.mongodb;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The database did not answer in time, so it is unknown whether the events were stored. Sending the same command again is
 * safe if its decision is idempotent.
 */
public final class OutcomeUnknown extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
