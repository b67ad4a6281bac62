package menara.eventstore.mongodb;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A commit was written in a form that this version of the store does not know: update the process that reads it. */
public final class UnknownFormat extends EventStoreException {

    private static final long serialVersionUID = 1L;

    UnknownFormat(long position, int format) {
        super(
                "the commit at position %d has format %d, and this version of the store knows %d at most; update this process"
                        .formatted(position, format, CommitCodec.FORMAT));
    }
}
