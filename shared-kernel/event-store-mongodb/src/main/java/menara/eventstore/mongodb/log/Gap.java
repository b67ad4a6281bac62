package menara.eventstore.mongodb.log;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A commit that this process has read no longer exists: the database was restored to an older state, or documents were deleted. */
public final class Gap {

    private Gap() {}

    public static EventStoreException at(long position) {
        return new EventStoreException("the log holds no commit at position " + position
                + " any more, though this process has seen one; if the database was restored, restart this process");
    }
}
