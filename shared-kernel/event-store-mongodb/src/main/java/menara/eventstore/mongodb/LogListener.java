package menara.eventstore.mongodb;

/** Told what the store does, for metrics. Called on the store's own threads: return quickly. */
public interface LogListener {

    LogListener NONE = new LogListener() {};

    /** A commit of {@code events} events from {@code transactions} transactions was stored after {@code nanos} nanoseconds. */
    default void committed(int transactions, int events, long nanos) {}

    /** A transaction was refused because of a conflict. */
    default void conflicted() {}

    /** Another engine took the position first; the append is tried again behind it. */
    default void overtaken() {}
}
