package menara.eventstore.spring;

import java.util.Optional;

/**
 * How states are written down and read again, so that a long history is not folded from its beginning (ADR 103). What is written is a cache of what
 * the log says: whatever is wrong with it, the state is folded from its events.
 */
public interface StateForm<I, S> {

    /**
     * Changes whenever the same events could give another state, or the same state other bytes: with the classes of the state, with what folds,
     * chooses and reads its events, and with the form. {@link CodeRevision} follows the code by itself.
     */
    String revision();

    /** Names the state's id among all of its kind, alike in every process; empty if this one is not written down. */
    Optional<String> name(I id);

    byte[] bytes(S state);

    /**
     * The state as it was written.
     *
     * @throws RuntimeException if the bytes cannot be read
     */
    S state(byte[] bytes);
}
