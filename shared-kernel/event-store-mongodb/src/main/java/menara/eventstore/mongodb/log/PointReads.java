package menara.eventstore.mongodb.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.database.Deadline;
import org.bson.Document;

/**
 * Reads by {@code _id} equality and {@code $in} only, for a server that scans for anything else. Commits are gapless, so the next
 * one begins where the last one ends, and a window of candidate positions finds many at once.
 */
public final class PointReads implements CommitReads {

    /** Candidate positions of one read: wide enough for large commits, small enough to stay a few milliseconds. */
    private static final int WINDOW = 1_024;

    /** How far back the commit that holds a position is searched, step by step: most commits are short. */
    private static final int[] LOOK_BACK = {16, 256, Limits.MAX_COMMIT_EVENTS};

    private final MongoCollection<Commit> log;
    private final MongoCollection<Document> extents;

    public PointReads(MongoCollection<Commit> log) {
        this.log = log;
        this.extents = log.withDocumentClass(Document.class);
    }

    @Override
    public Optional<Commit> at(long position) {
        return Optional.ofNullable(log.find(eq(position)).first());
    }

    @Override
    public Stretch from(long position) {
        var byPosition =
                read(LongStream.range(position, position + WINDOW).boxed().toList());
        var chain = new ArrayList<Commit>();
        for (var commit = byPosition.get(position); commit != null; commit = byPosition.get(commit.next())) {
            chain.add(commit);
        }
        return new Stretch(chain, !chain.isEmpty() && chain.getLast().next() >= position + WINDOW);
    }

    @Override
    public Optional<Commit> containing(long position) {
        return extentOf(position).flatMap(extent -> at(extent.position()));
    }

    /** The extent of a commit, without its events. */
    private record Extent(long position, long next) {}

    private Optional<Extent> extentOf(long position) {
        for (int length : LOOK_BACK) {
            var candidates = LongStream.rangeClosed(Math.max(0, position - length + 1), position)
                    .boxed()
                    .toList();
            var last = new Extent(-1, -1);
            for (var found : extents.find(in("_id", candidates)).projection(include("n"))) {
                long begin = found.get("_id", Number.class).longValue();
                if (begin > last.position()) {
                    last = new Extent(begin, begin + found.getInteger("n"));
                }
            }
            if (last.next() > position) {
                return Optional.of(last);
            }
            if (last.position() >= 0) {
                return Optional.empty(); // the last commit before it ends before it
            }
        }
        return Optional.empty();
    }

    @Override
    public CommitReads within(Deadline deadline) {
        return new PointReads(deadline.within(log));
    }

    /** Commits have no gaps, so the head can be found by bisection. */
    @Override
    public long findHead(long known) {
        long head = known;
        long step = WINDOW;
        var probe = extentOf(head + step);
        while (probe.isPresent()) {
            head = probe.get().next();
            step *= 2;
            probe = extentOf(head + step);
        }
        long beyond = head + step;
        while (beyond - head > WINDOW) {
            long middle = head + (beyond - head) / 2;
            var found = extentOf(middle);
            if (found.isPresent()) {
                head = found.get().next();
            } else {
                beyond = middle;
            }
        }
        for (var stretch = from(head); !stretch.commits().isEmpty(); stretch = from(head)) {
            head = stretch.commits().getLast().next();
        }
        return head;
    }

    /** {@link #findHead} reads only some places, and takes a gap for the end where it meets one. */
    @Override
    public boolean goesOnBehind(long end, int places) {
        for (long from = end + 1; from <= end + places; from += WINDOW) {
            var window = LongStream.range(from, from + WINDOW).boxed().toList();
            if (extents.find(in("_id", window)).projection(include("n")).first() != null) {
                return true;
            }
        }
        return false;
    }

    private NavigableMap<Long, Commit> read(List<Long> positions) {
        var commits = new TreeMap<Long, Commit>();
        if (!positions.isEmpty()) {
            log.find(in("_id", positions))
                    .timeoutMode(TimeoutMode.ITERATION)
                    .batchSize(WINDOW)
                    .forEach(commit -> commits.put(commit.position(), commit));
        }
        return commits;
    }
}
