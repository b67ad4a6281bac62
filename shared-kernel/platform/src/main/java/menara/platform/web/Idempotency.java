package menara.platform.web;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import menara.values.Uuid7;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** First answers by idempotency key. A key belongs to one caller; it is kept long enough for any sensible retry. */
final class Idempotency {

    /** After which a key may be used anew. */
    static final Duration RETENTION = Duration.ofDays(7);

    /** After which a request that never answered counts as lost, and its key may be tried again. */
    static final Duration ABANDONED = Duration.ofMinutes(1);

    private final MongoCollection<Document> keys;
    private final Clock clock;

    Idempotency(MongoDatabase database, Clock clock) {
        this.keys = database.getCollection("idempotency");
        this.clock = clock;
    }

    /** What became of a request with a key. */
    sealed interface Attempt {
        /** Nobody has used the key, or whoever did was lost: go on, and derive new ids from the seed, so that a repetition decides the same. */
        record First(UUID seed) implements Attempt {}

        /** It was answered before. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Answered(
                int status,
                @Nullable String location,
                @Nullable String contentType,
                byte[] body) implements Attempt {}

        /** It is being worked on. */
        record UnderWay() implements Attempt {}

        /** The key was used with another body. */
        record OtherBody() implements Attempt {}
    }

    Attempt begin(String caller, String key, String bodyHash) {
        var id = id(caller, key);
        var now = clock.instant();
        var document = new Document("_id", id).append("body", bodyHash).append("at", Date.from(now));
        try {
            keys.insertOne(document);
            return new Attempt.First(Uuid7.derived("idempotency", id));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        var stored = Optional.ofNullable(keys.find(eq(id)).first());
        if (stored.isEmpty()) {
            return begin(caller, key, bodyHash); // it was forgotten between the two calls
        }
        return known(stored.get(), id, bodyHash);
    }

    private Attempt known(Document stored, String id, String bodyHash) {
        var at = stored.get("at", Date.class).toInstant();
        var status = stored.getInteger("status");
        if (at.isBefore(clock.instant().minus(RETENTION))) {
            keys.replaceOne(
                    eq(id), new Document("_id", id).append("body", bodyHash).append("at", Date.from(clock.instant())));
            return new Attempt.First(Uuid7.derived("idempotency", id, at.toString()));
        }
        if (!bodyHash.equals(stored.getString("body"))) {
            return new Attempt.OtherBody();
        }
        if (status != null) {
            return new Attempt.Answered(
                    status,
                    stored.getString("location"),
                    stored.getString("contentType"),
                    stored.get("answer", Binary.class).getData());
        }
        if (at.isBefore(clock.instant().minus(ABANDONED))) {
            keys.updateOne(eq(id), Updates.set("at", Date.from(clock.instant())));
            return new Attempt.First(Uuid7.derived("idempotency", id));
        }
        return new Attempt.UnderWay();
    }

    void answer(
            String caller,
            String key,
            int status,
            @Nullable String location,
            @Nullable String contentType,
            byte[] body) {
        keys.updateOne(
                eq(id(caller, key)),
                Updates.combine(
                        Updates.set("status", status),
                        Updates.set("location", location),
                        Updates.set("contentType", contentType),
                        Updates.set("answer", new Binary(body))));
    }

    /** A fault of ours is no answer: the same key may try again. */
    void forget(String caller, String key) {
        keys.deleteOne(eq(id(caller, key)));
    }

    private static String id(String caller, String key) {
        return caller + "/" + key;
    }
}
