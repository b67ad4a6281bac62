package menara.eventstore.mongodb;

import java.util.Optional;
import java.util.UUID;

/** Tells whether a log is still the one that a token was made on: after a failover with a rollback it may not be. */
public interface LogIdentity {

    /**
     * The commit before the position of a token.
     *
     * @param position position of the commit's first event
     * @param id the commit's id
     */
    record Witness(long position, UUID id) {}

    /** The commit that holds the last event before {@code position}; empty if there is none. */
    Optional<Witness> before(long position);

    /**
     * Whether the witnessed commit still exists and belongs to the log: commits of a process that had not noticed a rollback of the log
     * stand beside it.
     */
    boolean holds(Witness witness);

    /** Whether the witnessed commit still exists, even if beside the log; costs one read wherever it is. */
    default boolean isThere(Witness witness) {
        return holds(witness);
    }
}
