package menara.eventstore.spring;

import java.util.Optional;

/**
 * How snapshots of states are written and read, so that a long history is not folded from its beginning (ADR 103). A snapshot is a cache of
 * the log: if anything is wrong with it, the state is folded from its events.
 */
public interface StateForm<I, S> {

    /**
     * Changes whenever the same events could give another state, or the same state other bytes: with the classes of the state, with the
     * code that folds, selects and reads its events, and with the form. {@link CodeRevision} follows the code by itself.
     */
    String revision();

    /** The key of a state among all of its kind, the same in every process; empty if this state has no snapshot. */
    Optional<String> name(I id);

    byte[] bytes(S state);

    /**
     * Reads a written state.
     *
     * @throws RuntimeException if the bytes cannot be read
     */
    S state(byte[] bytes);
}
