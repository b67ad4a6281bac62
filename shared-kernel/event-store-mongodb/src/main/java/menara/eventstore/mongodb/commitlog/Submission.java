package menara.eventstore.mongodb.commitlog;

import menara.eventstore.mongodb.machine.Machine;

/** Something that waits to be written and answered. */
public interface Submission {

    /** Approximate bytes that it adds to a commit's document. */
    int bytes();

    /** Number of its items, such as events. */
    int size();

    /** {@link Machine#nanoTime()} at the call. */
    long since();
}
