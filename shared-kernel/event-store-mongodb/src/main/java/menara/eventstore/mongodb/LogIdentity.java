package menara.eventstore.mongodb;

import java.util.Optional;
import java.util.UUID;

/** Tells whether a log is still the log that a token was made on: after a rolled-back failover it may not be. */
public interface LogIdentity {

    /**
     * The commit that a token points behind.
     *
     * @param position position of the commit's first event
     * @param id the commit's id
     */
    record Witness(long position, UUID id) {}

    /** The commit that holds the last event before {@code position}; empty if there is none. */
    Optional<Witness> before(long position);

    /**
     * Whether the witnessed commit is still there and one of the log's: what a process wrote that had not noticed yet that the log went
     * back stands beside it.
     */
    boolean holds(Witness witness);

    /** Whether the witnessed commit is still there, be it beside the log; costs one read wherever in the log it is. */
    default boolean isThere(Witness witness) {
        return holds(witness);
    }
}
