package menara.eventstore.spring;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.core.QualifiedName;

/**
 * The log holds an event that this version of the service does not know. Whoever passed over it would decide on half a state, or leave
 * out what a newer instance relies on: it stops instead, and the newer instance goes on.
 */
public final class UnknownEvent extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public UnknownEvent(QualifiedName name) {
        super("this version of the service does not know the event %s that is in its log; a newer version wrote it"
                .formatted(name));
    }
}
