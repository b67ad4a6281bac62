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

/** Queries the store's own tag index as far as it reaches and walks the log from there. */
public final class OwnIndexEvents implements ColdEvents {

    /** Commits of one page; bounds what is in memory of a long answer. */
    private static final int COMMITS_PER_PAGE = 256;

    /** Blocks of the first query to the index; bounds the positions in memory of a long answer. */
    static final int FIRST_BLOCKS = 8;

    private static final int MAX_BLOCKS = 64;

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

    /** Every commit is read at the place that the index or the commit before it names, so a commit that is not shown is noticed. */
    @Override
    public Pages ask(Question question, Witness last, Deadline deadline) {
        return new Search(question, deadline);
    }

    private final class Search implements Pages {

        private final Question question;
        private final Deadline deadline;
        private final long indexed;
        private List<Long> found = List.of();
        private int read;

        /** End of the range for which the index was queried. */
        private long asked;

        private int blocks = FIRST_BLOCKS;

        /** The position of the walk, where a commit begins; -1 before it. */
        private long walked = -1;

        Search(Question question, Deadline deadline) {
            this.question = question;
            this.deadline = deadline;
            this.indexed = question.byTag() ? Math.min(question.until(), index.indexedUntil()) : 0;
            // The commit that holds the first position may begin up to its own length before.
            this.asked =
                    question.from() < indexed ? Math.max(0, question.from() - Limits.MAX_COMMIT_EVENTS + 1) : indexed;
        }

        /** Queries the index further until something is found, with more blocks at a time where matches are rare. */
        private void askOn() {
            while (read == found.size() && asked < indexed) {
                long until = Math.min(indexed, (asked / TagIndex.BLOCK + blocks) * TagIndex.BLOCK);
                found = List.copyOf(index.positions(question.criteria().alternatives(), asked, until));
                read = 0;
                asked = until;
                blocks = found.size() < COMMITS_PER_PAGE ? Math.min(2 * blocks, MAX_BLOCKS) : FIRST_BLOCKS;
            }
        }

        @Override
        public Optional<List<Positioned>> next() {
            askOn();
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
