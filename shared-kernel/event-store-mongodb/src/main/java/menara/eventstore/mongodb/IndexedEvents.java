package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.Indexes;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Asks the server's multikey index over the tags of a commit. */
final class IndexedEvents implements ColdEvents {

    private final MongoCollection<Commit> log;
    private final CommitCodec codec;

    IndexedEvents(MongoCollection<Commit> log, CommitCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    static void createIndexes(MongoCollection<Commit> log) {
        log.createIndex(Indexes.ascending("tags", "_id"));
        log.createIndex(Indexes.ascending("types", "_id"));
    }

    @Override
    public void find(Question question, Consumer<Positioned> found) {
        // The commit that holds the first position may begin up to its own length before.
        Bson range = and(gt("_id", question.from() - Limits.MAX_COMMIT_EVENTS), lt("_id", question.until()));
        var matching = MatchCodec.over(log, codec, question);
        var commits = matching.find(and(commitsOf(question), range))
                .timeoutMode(TimeoutMode.ITERATION)
                .sort(ascending("_id"));
        for (var commit : commits) {
            commit.events().forEach(found);
        }
    }

    private static Bson commitsOf(Question question) {
        if (!question.byTag()) {
            return new Document();
        }
        Set<String> tags = new TreeSet<>();
        for (var criterion : question.criteria().alternatives()) {
            tags.add(CommitCodec.text(criterion.tags().iterator().next()));
        }
        return in("tags", tags);
    }
}
