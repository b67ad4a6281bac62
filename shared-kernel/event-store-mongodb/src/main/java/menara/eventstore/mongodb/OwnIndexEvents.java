package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Asks our own tag index as far as it reaches and walks the log from there. */
final class OwnIndexEvents implements ColdEvents {

    /** Commits read in one go; bounds what is in memory beside the answer. */
    private static final int COMMITS_PER_READ = 256;

    /** Candidate positions of one step of a walk. */
    private static final int WINDOW = 1_024;

    private final MongoCollection<Commit> log;
    private final CommitCodec codec;
    private final CommitReads reads;
    private final TagIndex index;

    OwnIndexEvents(MongoCollection<Commit> log, CommitCodec codec, CommitReads reads, TagIndex index) {
        this.log = log;
        this.codec = codec;
        this.reads = reads;
        this.index = index;
    }

    @Override
    public void find(Question question, Consumer<Positioned> found) {
        if (question.isEmpty()) {
            return;
        }
        var matching = MatchCodec.over(log, codec, question);
        long indexed = question.byTag() ? Math.min(question.until(), index.indexedUntil()) : 0;
        if (question.from() < indexed) {
            // The commit that holds the first position may begin up to its own length before.
            long first = question.from() - Limits.MAX_COMMIT_EVENTS + 1;
            var positions = List.copyOf(index.positions(question.criteria().alternatives(), first, indexed));
            for (int i = 0; i < positions.size(); i += COMMITS_PER_READ) {
                read(matching, positions.subList(i, Math.min(positions.size(), i + COMMITS_PER_READ)))
                        .values()
                        .forEach(commit -> commit.events().forEach(found));
            }
        }
        if (indexed < question.until()) {
            walk(matching, question, indexed, found);
        }
    }

    /** @param indexed a position where a commit begins, or 0 */
    private void walk(MongoCollection<Matches> matching, Question question, long indexed, Consumer<Positioned> found) {
        long position = question.from() <= indexed
                ? indexed
                : reads.containing(question.from()).map(Commit::position).orElse(question.until());
        while (position < question.until()) {
            var byPosition = read(
                    matching,
                    LongStream.range(position, Math.min(position + WINDOW, question.until()))
                            .boxed()
                            .toList());
            var commit = byPosition.get(position);
            if (commit == null) {
                throw Gap.at(position);
            }
            for (; commit != null; commit = byPosition.get(position)) {
                commit.events().forEach(found);
                position = commit.next();
            }
        }
    }

    private static SortedMap<Long, Matches> read(MongoCollection<Matches> matching, List<Long> positions) {
        var commits = new TreeMap<Long, Matches>();
        matching.find(in("_id", positions))
                .timeoutMode(TimeoutMode.ITERATION)
                .batchSize(COMMITS_PER_READ)
                .forEach(commit -> commits.put(commit.position(), commit));
        return commits;
    }
}
