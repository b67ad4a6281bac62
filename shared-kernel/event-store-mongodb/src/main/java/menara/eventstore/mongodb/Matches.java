package menara.eventstore.mongodb;

import java.util.List;

/**
 * What a commit holds of an answer.
 *
 * @param position of the commit
 * @param size how many events the commit has
 * @param events those that match, in order
 */
record Matches(long position, int size, List<Positioned> events) {

    /** Position of the first event after the commit. */
    long next() {
        return position + size;
    }
}
