package menara.eventstore.mongodb;

/** Called for what the store does, for metrics. Called on the store's own threads: return quickly and do not throw. */
public interface LogListener {

    LogListener NONE = new LogListener() {};

    /**
     * A commit was stored.
     *
     * @param transactions number of transactions in it
     * @param events number of its events
     * @param bytes about the size of its document
     * @param nanos from the check of its conditions to the answer of the database
     */
    default void committed(int transactions, int events, long bytes, long nanos) {}

    /** A transaction was refused because of a conflict. */
    default void conflicted() {}

    /** Another engine took the position first; the append is tried again after it. */
    default void overtaken() {}

    /** The database did not say whether a commit was stored; it is asked again. */
    default void retried() {}

    /** Events were sourced, some from memory and some by reads. */
    default void sourced(int fromMemory, int fromDatabase) {}
}
