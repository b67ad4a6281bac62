package menara.eventstore.mongodb.read;

import static com.mongodb.client.model.Filters.all;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.commit.MatchCodec;
import menara.eventstore.mongodb.commit.Matches;
import menara.eventstore.mongodb.commit.Positioned;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.log.Gap;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Queries the server's multikey index over the tags of a commit. */
public final class IndexedEvents implements ColdEvents {

    /** Commits of one page; bounds what is in memory of a long answer. */
    private static final int COMMITS_PER_PAGE = 256;

    /** How often a page is read again from a primary that does not show all commits yet, each time after a wait. */
    private static final int MAX_ATTEMPTS = 3;

    private final MongoCollection<Commit> log;
    private final CommitCodec codec;

    public IndexedEvents(MongoCollection<Commit> log, CommitCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    public static void createIndexes(MongoCollection<Commit> log) {
        log.createIndex(Indexes.ascending("tags", "_id"));
    }

    @Override
    public Pages ask(Question question, Witness last, Deadline deadline) {
        return new Scan(question, last, deadline);
    }

    private final class Scan implements Pages {

        private final Question question;
        private final Witness last;
        private final Deadline deadline;

        /** The commit that holds the first position may begin up to its own length before. */
        private long from;

        private boolean done;

        Scan(Question question, Witness last, Deadline deadline) {
            this.question = question;
            this.last = last;
            this.deadline = deadline;
            this.from = question.from() - Limits.MAX_COMMIT_EVENTS + 1;
        }

        @Override
        public Optional<List<Positioned>> next() {
            for (int attempt = 0; !done && attempt < MAX_ATTEMPTS; attempt++) {
                var page = read();
                done = page.stream().anyMatch(commit -> commit.position() == last.position());
                if (done) {
                    return Optional.of(events(page));
                }
                if (page.size() == COMMITS_PER_PAGE) {
                    from = page.getLast().next();
                    return Optional.of(events(page));
                }
                awaitLast();
            }
            if (!done) {
                throw Gap.at(last.position());
            }
            return Optional.empty();
        }

        /** The query includes the last commit: a server that shows it shows all before it. */
        private List<Matches> read() {
            var wanted = and(commitsOf(question), gte("_id", from), lt("_id", question.until()));
            return MatchCodec.over(deadline.within(log), codec, question)
                    .find(or(wanted, eq(last.position())))
                    .timeoutMode(TimeoutMode.ITERATION)
                    .sort(ascending("_id"))
                    .limit(COMMITS_PER_PAGE)
                    .into(new ArrayList<>());
        }

        private void awaitLast() {
            Guarantees.latest(deadline.within(log)).find(eq(last.position())).first();
        }

        private static List<Positioned> events(List<Matches> page) {
            return page.stream().flatMap(commit -> commit.events().stream()).toList();
        }
    }

    /** The query names all tags of a criterion, so that the server can begin with the rarest. */
    private static Bson commitsOf(Question question) {
        if (!question.byTag()) {
            return new Document();
        }
        var single = new TreeSet<String>();
        var alternatives = new ArrayList<Bson>();
        for (var criterion : question.criteria().alternatives()) {
            var tags = criterion.tags().stream().map(CommitCodec::text).toList();
            if (tags.size() == 1) {
                single.addAll(tags);
            } else {
                alternatives.add(all("tags", tags));
            }
        }
        if (!single.isEmpty() || alternatives.isEmpty()) {
            alternatives.add(in("tags", single));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : or(alternatives);
    }
}
