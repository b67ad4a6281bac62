package menara.eventstore.mongodb.log;

import java.util.List;
import java.util.Optional;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.database.Deadline;

/** Reads of commits. There are two strategies, chosen at start: range scans over indexes, and point reads by {@code _id}. */
public interface CommitReads {

    /** The commit that begins at {@code position}; empty if none does (yet). */
    Optional<Commit> at(long position);

    /**
     * Whole commits from the one that begins at {@code position} on, in order and without a gap, in parts.
     *
     * @return no commits if none begins there
     */
    Stretch from(long position);

    /**
     * Commits that follow each other.
     *
     * @param mayGoOn whether the list may end before the end of the log at the time of the read
     */
    record Stretch(List<Commit> commits, boolean mayGoOn) {}

    /** The commit that holds the event at {@code position}; empty if there is none (yet). */
    Optional<Commit> containing(long position);

    /** The same reads, with a limit on the wait. */
    CommitReads within(Deadline deadline);

    /** The position after the last commit, given a position known to begin one (or 0). */
    long findHead(long known);

    /**
     * Whether a commit begins after the apparent end of the log; then either one begins at the end too by now, or the log has a gap.
     *
     * @param places places that are checked if commits are found by place alone
     */
    boolean goesOnBehind(long end, int places);
}
