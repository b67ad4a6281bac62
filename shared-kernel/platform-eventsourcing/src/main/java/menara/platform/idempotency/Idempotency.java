package menara.platform.idempotency;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.values.Uuid8;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** First answers by idempotency key. A key belongs to one caller; it is kept long enough for any reasonable retry. */
final class Idempotency {

    /** After which a key may be used anew. */
    static final Duration RETENTION = Duration.ofDays(7);

    /** After which a request that never answered counts as lost, and its key may be tried again. */
    static final Duration ABANDONED = Duration.ofMinutes(1);

    private static final int MAX_RACES = 100;

    private final MongoCollection<Document> keys;
    private final Clock clock;

    Idempotency(MongoDatabase database, Clock clock) {
        this.keys = Guarantees.bounded(database, Limits.DEFAULT).getCollection("idempotency");
        keys.createIndex(Indexes.ascending("at")); // for the sweep; the embedded server scans them all, once an hour
        this.clock = clock;
    }

    /** The state of a request with a key. */
    sealed interface Attempt {
        /**
         * The key is unused, or its attempt was lost: go on, and derive new ids from the seed, so that a repetition decides the same.
         *
         * @param seed the same for every attempt of one request
         * @param began identifies this attempt among them
         */
        record First(UUID seed, Instant began) implements Attempt {}

        /** The request was answered before. */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Answered(
                int status,
                @Nullable String location,
                @Nullable String contentType,
                byte[] body) implements Attempt {}

        /** The request is being worked on. */
        record UnderWay() implements Attempt {}

        /** The key was used with another body. */
        record OtherBody() implements Attempt {}
    }

    Attempt begin(String caller, String key, String bodyHash) {
        var id = id(caller, key);
        for (int race = 0; race < MAX_RACES; race++) {
            var found = attempt(id, bodyHash);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new Attempt.UnderWay(); // other attempts won every time
    }

    /** Empty if another attempt with the key came between the read and the write. */
    private Optional<Attempt> attempt(String id, String bodyHash) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // Derived from caller, key and age alone, so that a repetition stays the same request even if its note was
        // lost.
        var seed = Uuid8.derived("idempotency", id, Long.toString(ageOf(now)));
        try {
            keys.insertOne(fresh(id, bodyHash, now, seed));
            return Optional.of(new Attempt.First(seed, now));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        return Optional.ofNullable(keys.find(eq(id)).first()).flatMap(stored -> known(stored, id, bodyHash, now));
    }

    private Optional<Attempt> known(Document stored, String id, String bodyHash, Instant now) {
        var at = stored.get("at", Date.class);
        var status = stored.getInteger("status");
        if (at.toInstant().isBefore(now.minus(RETENTION))) {
            // Another request under an old key: it makes new things.
            var newSeed = Uuid8.derived("idempotency", id, at.toInstant().toString());
            return keys.replaceOne(and(eq(id), eq("at", at)), fresh(id, bodyHash, now, newSeed))
                                    .getModifiedCount()
                            == 1
                    ? Optional.of(new Attempt.First(newSeed, now))
                    : Optional.empty();
        }
        if (!bodyHash.equals(stored.getString("body"))) {
            return Optional.of(new Attempt.OtherBody());
        }
        if (status != null) {
            return Optional.of(new Attempt.Answered(
                    status,
                    stored.getString("location"),
                    stored.getString("contentType"),
                    stored.get("answer", Binary.class).getData()));
        }
        if (at.toInstant().isBefore(now.minus(ABANDONED))) {
            // Of several retries at once, one goes on.
            return keys.updateOne(and(eq(id), eq("at", at), exists("status", false)), set("at", Date.from(now)))
                                    .getModifiedCount()
                            == 1
                    ? Optional.of(new Attempt.First(UUID.fromString(stored.getString("seed")), now))
                    : Optional.empty();
        }
        return Optional.of(new Attempt.UnderWay());
    }

    /**
     * An age is as long as a key is kept. A note is deleted when the age after its own is over, so a key that is used after its note is
     * gone belongs to another age, and the request makes new things.
     */
    private static long ageOf(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli(), RETENTION.toMillis());
    }

    /** Deletes notes that are older than {@link #RETENTION} and of an age before the last. */
    void forgetExpired() {
        var endOfAge = Instant.ofEpochMilli((ageOf(clock.instant()) - 1) * RETENTION.toMillis());
        keys.deleteMany(lt("at", Date.from(endOfAge)));
    }

    private static Document fresh(String id, String bodyHash, Instant now, UUID seed) {
        return new Document("_id", id)
                .append("body", bodyHash)
                .append("seed", seed.toString())
                .append("at", Date.from(now));
    }

    /**
     * Stores the answer of the request's present attempt. The answer of an abandoned attempt goes to its own caller and is not stored,
     * because it may only say that another attempt was faster.
     *
     * @param began of the attempt
     */
    void answer(
            String caller,
            String key,
            Instant began,
            int status,
            @Nullable String location,
            @Nullable String contentType,
            byte[] body) {
        keys.updateOne(
                and(eq(id(caller, key)), eq("at", Date.from(began)), exists("status", false)),
                combine(
                        set("status", status),
                        set("location", location),
                        set("contentType", contentType),
                        set("answer", new Binary(body))));
    }

    /**
     * A fault of the service is not stored as an answer: the same key may try again at once. Its seed stays, because the attempt may have
     * taken effect before it failed.
     */
    void giveUp(String caller, String key, Instant began) {
        keys.updateOne(
                and(eq(id(caller, key)), eq("at", Date.from(began)), exists("status", false)),
                set("at", Date.from(began.minus(ABANDONED).minusMillis(1))));
    }

    private static String id(String caller, String key) {
        return caller + "/" + key;
    }
}
