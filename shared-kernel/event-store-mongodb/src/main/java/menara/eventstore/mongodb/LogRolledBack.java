package menara.eventstore.mongodb;

import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;

/** The log no longer has a commit that a processor has handled: what it projected from there on must be rebuilt. */
public final class LogRolledBack extends UnableToClaimTokenException {

    private static final long serialVersionUID = 1L;

    public LogRolledBack(String processor, int segment, LogIdentity.Witness witness) {
        super(("processor %s, segment %d, has seen commit %s at position %d, which the log no longer holds;"
                        + " rebuild what it projected and delete its token")
                .formatted(processor, segment, witness.id(), witness.position()));
    }
}
