package menara.eventstore.mongodb;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A commit was written in a form that this version of the store does not know: update the process that reads it. */
public final class UnknownFormat extends EventStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place of the commit
     * @param format its format
     * @param known the latest that this version of the store knows
     */
    public UnknownFormat(Object place, int format, int known) {
        super(
                "the commit at position %s has format %d, and this version of the store knows %d at most; update this process"
                        .formatted(place, format, known));
    }
}
