package menara.eventstore.mongodb.commit;

import java.util.List;

/**
 * The events of a commit that match a question.
 *
 * @param position of the commit
 * @param size how many events the commit has
 * @param events those that match, in order
 */
public record Matches(long position, int size, List<Positioned> events) {

    /** Position of the first event after the commit. */
    public long next() {
        return position + size;
    }
}
