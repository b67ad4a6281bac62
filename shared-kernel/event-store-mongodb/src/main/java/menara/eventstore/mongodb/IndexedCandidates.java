package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.bson.conversions.Bson;

/** Asks the server's multikey index over the tags of a commit. */
final class IndexedCandidates implements ColdCandidates {

    private final MongoCollection<Commit> log;
    private final int maxCommitEvents;

    IndexedCandidates(MongoCollection<Commit> log, int maxCommitEvents) {
        this.log = log;
        this.maxCommitEvents = maxCommitEvents;
    }

    static void createIndexes(MongoCollection<Commit> log) {
        log.createIndex(Indexes.ascending("tags", "_id"));
        log.createIndex(Indexes.ascending("types", "_id"));
    }

    @Override
    public List<Commit> find(Collection<EventCriterion> criteria, long from, long until) {
        // The commit that holds `from` may begin up to its own length before.
        Bson range = and(gt("_id", from - maxCommitEvents), lt("_id", until));
        Set<String> tags = new TreeSet<>();
        for (var criterion : criteria) {
            if (criterion.tags().isEmpty()) {
                return log.find(range).sort(ascending("_id")).into(new ArrayList<>());
            }
            tags.add(CommitCodec.text(criterion.tags().iterator().next()));
        }
        return log.find(and(in("tags", tags), range)).sort(ascending("_id")).into(new ArrayList<>());
    }
}
