package menara.eventstore.spring;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.core.QualifiedName;

/**
 * The log holds an event that this version of the service does not know. Skipping it would lead to decisions on an incomplete state, or
 * leave out data that a newer instance relies on. So this instance stops, and the newer one goes on.
 */
public final class UnknownEvent extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public UnknownEvent(QualifiedName name) {
        super("this version of the service does not know the event %s that is in its log; a newer version wrote it"
                .formatted(name));
    }
}
