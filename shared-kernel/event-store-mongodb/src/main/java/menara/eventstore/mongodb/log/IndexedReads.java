package menara.eventstore.mongodb.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import java.util.ArrayList;
import java.util.Optional;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.database.Deadline;

/** Range scans over {@code _id}, for a server that answers them from an index: MongoDB itself. */
public final class IndexedReads implements CommitReads {

    private static final int COMMITS_PER_READ = 200;

    private final MongoCollection<Commit> log;

    public IndexedReads(MongoCollection<Commit> log) {
        this.log = log;
    }

    @Override
    public Optional<Commit> at(long position) {
        return Optional.ofNullable(log.find(eq(position)).first());
    }

    @Override
    public Stretch from(long position) {
        var chain = new ArrayList<Commit>();
        long expected = position;
        for (var commit : log.find(gte("_id", position))
                .timeoutMode(TimeoutMode.ITERATION)
                .sort(ascending("_id"))
                .limit(COMMITS_PER_READ)) {
            if (commit.position() != expected) {
                // A scan during inserts may skip a commit: the commits after it are read next time.
                return new Stretch(chain, !chain.isEmpty());
            }
            chain.add(commit);
            expected = commit.next();
        }
        return new Stretch(chain, chain.size() == COMMITS_PER_READ);
    }

    @Override
    public Optional<Commit> containing(long position) {
        var last = log.find(lte("_id", position)).sort(descending("_id")).first();
        if (last == null || last.next() > position) {
            return Optional.ofNullable(last);
        }
        // What stands beside the log may lie within the commit that holds the position, and end before it.
        for (var commit : log.find(lte("_id", position)).sort(descending("_id")).limit(COMMITS_PER_READ)) {
            if (commit.next() > position) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    @Override
    public CommitReads within(Deadline deadline) {
        return new IndexedReads(deadline.within(log));
    }

    @Override
    public long findHead(long known) {
        var last = log.find().sort(descending("_id")).first();
        return last == null ? 0 : last.next();
    }

    /** The head was read from the last commit. */
    @Override
    public boolean goesOnBehind(long end, int places) {
        return false;
    }
}
