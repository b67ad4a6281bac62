package menara.eventstore.mongodb.read;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.commit.MatchCodec;
import menara.eventstore.mongodb.commit.Matches;
import menara.eventstore.mongodb.commit.Positioned;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.log.CommitReads;
import menara.eventstore.mongodb.log.Gap;

/** Asks our own tag index as far as it reaches and walks the log from there. */
public final class OwnIndexEvents implements ColdEvents {

    /** Commits of one page; bounds what is in memory of a long answer. */
    private static final int COMMITS_PER_PAGE = 256;

    /** Candidate positions of one step of a walk. */
    private static final int WINDOW = 1_024;

    private final MongoCollection<Commit> log;
    private final CommitCodec codec;
    private final CommitReads reads;
    private final TagIndex index;

    public OwnIndexEvents(MongoCollection<Commit> log, CommitCodec codec, CommitReads reads, TagIndex index) {
        this.log = log;
        this.codec = codec;
        this.reads = reads;
        this.index = index;
    }

    /** Every commit is asked for where the index or the commit before it says that it is, so what is not shown is missed. */
    @Override
    public Pages ask(Question question, Witness last, Deadline deadline) {
        return new Search(question, deadline);
    }

    private final class Search implements Pages {

        private final Question question;
        private final Deadline deadline;
        private final long indexed;
        private List<Long> found = List.of();
        private boolean looked;
        private int read;

        /** Where the walk stands, a position where a commit begins; -1 before it. */
        private long walked = -1;

        Search(Question question, Deadline deadline) {
            this.question = question;
            this.deadline = deadline;
            this.indexed = question.byTag() ? Math.min(question.until(), index.indexedUntil()) : 0;
        }

        private List<Long> fromIndex() {
            // The commit that holds the first position may begin up to its own length before.
            long first = question.from() - Limits.MAX_COMMIT_EVENTS + 1;
            return List.copyOf(index.positions(question.criteria().alternatives(), first, indexed));
        }

        @Override
        public Optional<List<Positioned>> next() {
            if (!looked && question.from() < indexed) {
                found = fromIndex();
            }
            looked = true;
            if (read < found.size()) {
                return Optional.of(nextFound());
            }
            if (walked < 0) {
                walked = question.from() <= indexed ? indexed : beginOfFirst();
            }
            return walked < question.until() ? Optional.of(nextWalked()) : Optional.empty();
        }

        private List<Positioned> nextFound() {
            var some = found.subList(read, Math.min(found.size(), read + COMMITS_PER_PAGE));
            var commits = read(some);
            for (long position : some) {
                if (!commits.containsKey(position)) {
                    throw Gap.at(position);
                }
            }
            read += some.size();
            return commits.values().stream()
                    .flatMap(commit -> commit.events().stream())
                    .toList();
        }

        private long beginOfFirst() {
            return reads.within(deadline)
                    .containing(question.from())
                    .map(Commit::position)
                    .orElseThrow(() -> Gap.at(question.from()));
        }

        private List<Positioned> nextWalked() {
            var byPosition = read(LongStream.range(walked, Math.min(walked + WINDOW, question.until()))
                    .boxed()
                    .toList());
            var events = new ArrayList<Positioned>();
            var commit = byPosition.get(walked);
            if (commit == null) {
                throw Gap.at(walked);
            }
            for (; commit != null; commit = byPosition.get(walked)) {
                events.addAll(commit.events());
                walked = commit.next();
            }
            return events;
        }

        private SortedMap<Long, Matches> read(List<Long> positions) {
            var commits = new TreeMap<Long, Matches>();
            MatchCodec.over(deadline.within(log), codec, question)
                    .find(in("_id", positions))
                    .timeoutMode(TimeoutMode.ITERATION)
                    .batchSize(COMMITS_PER_PAGE)
                    .forEach(commit -> commits.put(commit.position(), commit));
            return commits;
        }
    }
}
