package menara.testkit;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Plays a process that dies between the commit of a decision and the storing of its answer. */
public final class LostAnswer {

    /** Longer than a request that never answered is waited for. */
    private static final Duration AGO = Duration.ofMinutes(2);

    private LostAnswer() {}

    /** The request with this key took effect two minutes ago, and its answer was not stored. */
    public static void to(String key, RunningService service) {
        var at = Date.from(service.bean(Clock.class).instant().minus(AGO));
        requests(service)
                .updateOne(
                        request(key, service),
                        Updates.combine(
                                Updates.unset("status"),
                                Updates.unset("answer"),
                                Updates.unset("location"),
                                Updates.unset("contentType"),
                                Updates.set("at", at)));
    }

    /** The request with this key took effect, and nothing of it was noted. */
    public static void withoutATrace(String key, RunningService service) {
        requests(service).deleteOne(request(key, service));
    }

    private static MongoCollection<Document> requests(RunningService service) {
        return service.bean(MongoDatabase.class).getCollection("idempotency");
    }

    private static Bson request(String key, RunningService service) {
        return requests(service).find().into(new ArrayList<>()).stream()
                .map(document -> document.getString("_id"))
                .filter(id -> id.endsWith("/" + key))
                .map(id -> Filters.eq("_id", id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there was no request with key " + key));
    }
}
