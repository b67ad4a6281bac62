package menara.eventstore.mongodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.axonframework.messaging.eventstreaming.EventCriterion;

/** Asks our own tag index as far as it reaches and walks the log from there. */
final class IndexOfOurOwnCandidates implements ColdCandidates {

    private final CommitReads reads;
    private final TagIndex index;
    private final int maxCommitEvents;

    IndexOfOurOwnCandidates(CommitReads reads, TagIndex index, int maxCommitEvents) {
        this.reads = reads;
        this.index = index;
        this.maxCommitEvents = maxCommitEvents;
    }

    @Override
    public List<Commit> find(Collection<EventCriterion> criteria, long from, long until) {
        boolean byTag =
                criteria.stream().noneMatch(criterion -> criterion.tags().isEmpty());
        long indexed = byTag ? Math.min(until, index.indexedUntil()) : 0;
        var found = new ArrayList<Commit>();
        if (from < indexed) {
            // The commit that holds `from` may begin up to its own length before.
            found.addAll(reads.startingAt(index.positions(criteria, from - maxCommitEvents + 1, indexed)));
        }
        long position = Math.max(from, indexed);
        if (position >= until) {
            return found;
        }
        if (position > indexed || !byTag) {
            position = reads.containing(position).map(Commit::position).orElse(position);
        }
        while (position < until) {
            var commits = reads.from(position);
            if (commits.isEmpty()) {
                break;
            }
            found.addAll(commits);
            position = commits.getLast().next();
        }
        return found;
    }
}
