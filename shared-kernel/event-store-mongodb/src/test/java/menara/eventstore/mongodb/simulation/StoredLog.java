package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A log as it lies in the servers, read without the store.
 *
 * @param events of commits of which each follows the one before it
 * @param faults what is wrong with its form
 * @param beside ids of commits that follow none of those
 */
record StoredLog(List<Event> events, List<String> faults, List<BsonValue> beside) {

    /** @param at when it was written */
    record Event(long position, String id, Set<Tag> tags, long at) {}

    static StoredLog read(ReplicaSet servers, String collection) {
        var events = new ArrayList<Event>();
        var faults = new ArrayList<String>();
        var beside = new ArrayList<BsonValue>();
        var ids = new HashSet<String>();
        BsonValue last = null;
        for (var stored : servers.stored(collection, servers.confirmed())) {
            var commit = stored.document();
            long position = commit.getInt64("_id").getValue();
            boolean follows = Objects.equals(commit.get("prev"), last);
            if (position != events.size() || !follows) {
                faults.add(
                        follows
                                ? "%s has a commit at %d where %d is next"
                                        .formatted(collection, position, events.size())
                                : "the commit at %d of %s names another one before it".formatted(position, collection));
                beside.add(commit.get("_id"));
                continue;
            }
            last = commit.get("cid");
            for (var event : commit.getArray("events")) {
                var found = event(events.size(), event, stored.at());
                if (!ids.add(found.id())) {
                    faults.add("event %s is in %s twice".formatted(found.id(), collection));
                }
                events.add(found);
            }
        }
        return new StoredLog(events, faults, beside);
    }

    private static Event event(long position, BsonValue stored, long at) {
        BsonDocument event =
                stored instanceof BsonBinary packed ? new RawBsonDocument(packed.getData()) : stored.asDocument();
        var tags = new HashSet<Tag>();
        var keysAndValues = event.getArray("tags");
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            tags.add(new Tag(
                    keysAndValues.get(i).asString().getValue(),
                    keysAndValues.get(i + 1).asString().getValue()));
        }
        return new Event(position, event.getString("id").getValue(), tags, at);
    }

    /** @return null if it is not there */
    @Nullable
    Event find(String id) {
        return events.stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
