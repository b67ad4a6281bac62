package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Reads by {@code _id} equality and {@code $in} only, for a server that scans for anything else. Commits are gapless, so the next
 * one begins where the last one ends, and a window of candidate positions finds many at once.
 */
final class PointReads implements CommitReads {

    /** Candidate positions of one read: wide enough for large commits, small enough to stay a few milliseconds. */
    private static final int WINDOW = 1_024;

    private final MongoCollection<Commit> log;
    private final int maxCommitEvents;

    PointReads(MongoCollection<Commit> log, int maxCommitEvents) {
        this.log = log;
        this.maxCommitEvents = maxCommitEvents;
    }

    @Override
    public Optional<Commit> at(long position) {
        return Optional.ofNullable(log.find(eq(position)).first());
    }

    @Override
    public List<Commit> from(long position) {
        var byPosition =
                read(LongStream.range(position, position + WINDOW).boxed().toList());
        var chain = new ArrayList<Commit>();
        for (var commit = byPosition.get(position); commit != null; commit = byPosition.get(commit.next())) {
            chain.add(commit);
        }
        return chain;
    }

    @Override
    public List<Commit> startingAt(Collection<Long> positions) {
        var found = new ArrayList<Commit>();
        var all = List.copyOf(new TreeSet<>(positions));
        for (int i = 0; i < all.size(); i += WINDOW) {
            found.addAll(read(all.subList(i, Math.min(all.size(), i + WINDOW))).values());
        }
        return found;
    }

    @Override
    public Optional<Commit> containing(long position) {
        // The commit begins at most its own length before; one wide read is cheaper than several narrow ones.
        var candidates = LongStream.rangeClosed(Math.max(0, position - maxCommitEvents + 1), position)
                .boxed()
                .toList();
        return Optional.ofNullable(read(candidates).lastEntry())
                .map(Map.Entry::getValue)
                .filter(commit -> commit.next() > position);
    }

    @Override
    public long findHead(long known) {
        long head = known;
        for (var commits = from(head); !commits.isEmpty(); commits = from(head)) {
            head = commits.getLast().next();
        }
        return head;
    }

    private NavigableMap<Long, Commit> read(List<Long> positions) {
        var commits = new TreeMap<Long, Commit>();
        if (!positions.isEmpty()) {
            log.find(in("_id", positions)).batchSize(WINDOW).forEach(commit -> commits.put(commit.position(), commit));
        }
        return commits;
    }
}
