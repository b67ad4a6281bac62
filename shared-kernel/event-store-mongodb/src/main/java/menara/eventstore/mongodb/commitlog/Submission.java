package menara.eventstore.mongodb.commitlog;

import menara.eventstore.mongodb.machine.Machine;

/** Something that waits for being written and answered. */
public interface Submission {

    /** What it adds to a commit's document, about. */
    int bytes();

    /** How many of what a commit holds many of. */
    int size();

    /** {@link Machine#nanoTime()} when it was handed over. */
    long since();
}
