package menara.eventstore.mongodb.log;

import java.util.List;
import java.util.Optional;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.database.Deadline;

/** How commits are found again. There are two ways, found out at start: range scans over indexes, and point reads by {@code _id}. */
public interface CommitReads {

    /** The commit that begins at {@code position}; empty if none does (yet). */
    Optional<Commit> at(long position);

    /**
     * Whole commits from the one that begins at {@code position} on, in order and without a gap, not all at once.
     *
     * @return no commits if none begins there
     */
    Stretch from(long position);

    /**
     * Commits that follow each other.
     *
     * @param mayGoOn whether it may have been cut off before the end of the log as it was when it was read
     */
    record Stretch(List<Commit> commits, boolean mayGoOn) {}

    /** The commit that holds the event at {@code position}; empty if there is none (yet). */
    Optional<Commit> containing(long position);

    /** The same reads, as long as somebody waits for them. */
    CommitReads within(Deadline deadline);

    /** The position after the last commit, given a position known to begin one (or 0). */
    long findHead(long known);

    /**
     * Whether a commit begins behind the place where the log was read to its end; then one begins there too by now, or it breaks off.
     *
     * @param places that are looked at where what stands behind is found by its place alone
     */
    boolean goesOnBehind(long end, int places);
}
