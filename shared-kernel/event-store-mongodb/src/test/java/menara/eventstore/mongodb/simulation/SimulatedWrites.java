package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.InsertManyResult;
import com.mongodb.client.result.InsertOneResult;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What a collection does that changes it. */
final class SimulatedWrites<T> {

    private static final int DUPLICATE_KEY = 11_000;

    private final Connection connection;
    private final ReplicaSet servers;
    private final String name;
    private final Class<T> type;
    private final CollectionSettings settings;

    SimulatedWrites(
            Connection connection, ReplicaSet servers, String name, Class<T> type, CollectionSettings settings) {
        this.connection = connection;
        this.servers = servers;
        this.name = name;
        this.type = type;
        this.settings = settings;
    }

    private <R> R write(Supplier<R> work) {
        return connection.write(() -> "a write to " + name, settings.timeoutNanos(), work);
    }

    private List<BsonDocument> present(BsonDocument filter, int limit) {
        return Looking.matching(servers, name, filter, servers.written()).stream()
                .limit(limit)
                .toList();
    }

    private static BsonValue id(BsonDocument document) {
        return Objects.requireNonNull(document.get("_id"));
    }

    private void put(BsonDocument document) {
        servers.write(name, id(document), document);
    }

    private boolean isThere(BsonDocument document) {
        return servers.find(name, id(document), servers.written()) != null;
    }

    InsertOneResult insertOne(Object value) {
        var document = settings.encoded(type.cast(value), type);
        return write(() -> {
            if (isThere(document)) {
                throw duplicate();
            }
            put(document);
            return InsertOneResult.acknowledged(document.get("_id"));
        });
    }

    private static MongoWriteException duplicate() {
        return new MongoWriteException(
                new WriteError(DUPLICATE_KEY, "duplicate key", new BsonDocument()), Connection.ADDRESS, Set.of());
    }

    private static MongoException duplicateInCommand() {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonDouble(0))
                        .append("code", new BsonInt32(DUPLICATE_KEY))
                        .append("errmsg", new BsonString("duplicate key")),
                Connection.ADDRESS);
    }

    InsertManyResult insertMany(List<?> values) {
        var documents = values.stream()
                .map(value -> settings.encoded(type.cast(value), type))
                .toList();
        return write(() -> {
            for (int i = 0; i < documents.size(); i++) {
                if (isThere(documents.get(i))) {
                    throw new MongoBulkWriteException(
                            BulkWriteResult.unacknowledged(),
                            List.of(new BulkWriteError(DUPLICATE_KEY, "duplicate key", new BsonDocument(), i)),
                            null,
                            Connection.ADDRESS,
                            Set.of());
                }
                put(documents.get(i));
            }
            return InsertManyResult.acknowledged(Map.of());
        });
    }

    UpdateResult update(Object where, Object change, boolean upsert, int limit) {
        var filter = settings.document(where);
        var update = settings.document(change);
        return write(() -> {
            var found = present(filter, limit);
            long modified = 0;
            for (var document : found) {
                var updated = Update.applied(document, update, false);
                modified += updated.equals(document) ? 0 : 1;
                put(updated);
            }
            if (found.isEmpty() && upsert) {
                var inserted = Update.applied(seed(filter), update, true);
                if (isThere(inserted)) {
                    throw duplicate();
                }
                put(inserted);
                return UpdateResult.acknowledged(0, 0L, inserted.get("_id"));
            }
            return UpdateResult.acknowledged(found.size(), modified, null);
        });
    }

    /** What an upsert takes over from its filter. */
    private static BsonDocument seed(BsonDocument filter) {
        var document = new BsonDocument();
        filter.forEach((field, value) -> {
            if (field.equals("$and")) {
                value.asArray().forEach(part -> document.putAll(seed(part.asDocument())));
            } else if (!field.startsWith("$") && !value.isDocument()) {
                document.put(field, value);
            }
        });
        return document;
    }

    UpdateResult replace(List<?> given) {
        var filter = settings.document(given.get(0));
        var replacement = settings.encoded(type.cast(given.get(1)), type);
        boolean upsert = given.size() > 2 && ((ReplaceOptions) given.get(2)).isUpsert();
        return write(() -> {
            var found = present(filter, 1);
            if (!found.isEmpty()) {
                put(replaced(found.getFirst(), replacement));
            } else if (upsert) {
                var inserted = replaced(seed(filter), replacement);
                if (isThere(inserted)) {
                    throw duplicate();
                }
                put(inserted);
            }
            return UpdateResult.acknowledged(found.size(), (long) found.size(), null);
        });
    }

    private static BsonDocument replaced(BsonDocument before, BsonDocument replacement) {
        var document = new BsonDocument("_id", before.getOrDefault("_id", BsonNull.VALUE));
        document.putAll(replacement);
        return document;
    }

    DeleteResult delete(Object where, int limit) {
        var filter = settings.document(where);
        return write(() -> {
            var found = present(filter, limit);
            found.forEach(document -> servers.write(name, id(document), null));
            return DeleteResult.acknowledged(found.size());
        });
    }

    @Nullable
    T findOneAndUpdate(List<?> given) {
        var update = settings.document(given.get(1));
        var options = given.size() > 2 ? (FindOneAndUpdateOptions) given.get(2) : new FindOneAndUpdateOptions();
        return findOneAnd(
                given.getFirst(),
                document -> Update.applied(document, update, false),
                seed -> options.isUpsert() ? Update.applied(seed, update, true) : null,
                options.getReturnDocument());
    }

    @Nullable
    T findOneAndReplace(List<?> given) {
        var replacement = settings.encoded(type.cast(given.get(1)), type);
        var options = given.size() > 2 ? (FindOneAndReplaceOptions) given.get(2) : new FindOneAndReplaceOptions();
        return findOneAnd(
                given.getFirst(),
                document -> replaced(document, replacement),
                seed -> options.isUpsert() ? replaced(seed, replacement) : null,
                options.getReturnDocument());
    }

    private @Nullable T findOneAnd(
            Object where,
            UnaryOperator<BsonDocument> change,
            Function<BsonDocument, @Nullable BsonDocument> insert,
            ReturnDocument wanted) {
        var filter = settings.document(where);
        var answer = write(() -> {
            var found = present(filter, 1);
            if (found.isEmpty()) {
                var inserted = insert.apply(seed(filter));
                if (inserted != null) {
                    if (isThere(inserted)) {
                        throw duplicateInCommand();
                    }
                    put(inserted);
                }
                return wanted == ReturnDocument.AFTER ? inserted : null;
            }
            var changed = change.apply(found.getFirst());
            put(changed);
            return wanted == ReturnDocument.AFTER ? changed : found.getFirst();
        });
        return answer == null ? null : settings.decoded(answer, type);
    }

    @Nullable
    T findOneAndDelete(List<?> given) {
        var filter = settings.document(given.getFirst());
        var removed = write(() -> {
            var found = new ArrayList<>(present(filter, 1));
            found.forEach(document -> servers.write(name, id(document), null));
            return found.isEmpty() ? null : found.getFirst();
        });
        return removed == null ? null : settings.decoded(removed, type);
    }
}
