package menara.embeddedmongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConjunctionIndexTest {

    private static final int DOCUMENTS = 60;
    private static final int FILTERS = 3_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{_id: 'a'}",
                "{_id: 'a', state: 'open'}",
                "{_id: {$eq: 'a'}, state: 'open'}",
                "{_id: {$in: ['a', 'b']}, 'seen.invoices': {$not: {$gt: '5'}}}",
                "{$and: [{_id: 'a'}, {'seen.invoices': {$not: {$gt: '5'}}}]}",
                "{$and: [{state: 'open'}, {$and: [{n: 1}, {_id: 'a'}]}]}",
                "{_id: {$gt: 'A'}, $and: [{_id: 'a'}]}",
                "{_id: {party: 'aram', id: 'a'}, n: 1}",
            })
    void a_filter_that_asks_for_an_id_among_other_things_is_looked_up(String filter) {
        assertThat(byId().canHandle(parsed(filter))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{state: 'open'}",
                "{_id: null, state: 'open'}",
                "{_id: {$gt: 'a'}, state: 'open'}",
                "{_id: ['a'], state: 'open'}",
                "{_id: {$in: ['a', null]}, state: 'open'}",
                "{$or: [{_id: 'a'}, {state: 'open'}]}",
                "{$nor: [{_id: 'a'}]}",
            })
    void a_filter_that_others_than_those_of_an_id_may_match_is_not(String filter) {
        assertThat(byId().canHandle(parsed(filter))).isFalse();
    }

    @Test
    void random_filters_find_with_indexes_what_they_find_without() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("ConjunctionIndexTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        try (var server = EmbeddedMongoServer.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var database = client.getDatabase("test");
            MongoCollection<Document> indexed = database.getCollection("indexed");
            indexed.createIndex(Indexes.ascending("k"), new IndexOptions().unique(true));
            indexed.createIndex(Indexes.ascending("a", "b"), new IndexOptions().unique(true));
            MongoCollection<Document> plain = database.getCollection("plain");
            for (int i = 0; i < DOCUMENTS; i++) {
                var document = new Document("_id", i)
                        .append("k", i % 5 == 0 ? List.of(i, i + 1_000) : i % 7 == 0 ? new Document("v", i) : i)
                        .append("a", i / 6)
                        .append("b", i % 6)
                        .append("n", random.nextInt(3));
                indexed.insertOne(document);
                plain.insertOne(document);
            }

            for (int i = 0; i < FILTERS; i++) {
                Document filter = randomFilter(random, 2);
                assertThat(indexed.find(filter).sort(new Document("_id", 1)).into(new ArrayList<>()))
                        .as("seed %d, filter %d: %s", seed, i, filter.toJson())
                        .isEqualTo(
                                plain.find(filter).sort(new Document("_id", 1)).into(new ArrayList<>()));
            }
        }
    }

    private static Document randomFilter(Random random, int depth) {
        var filter = new Document();
        for (String field : List.of("k", "a", "b", "n")) {
            if (random.nextInt(3) == 0) {
                filter.append(field, randomCondition(random, field));
            }
        }
        if (depth > 0 && random.nextInt(2) == 0) {
            filter.append(
                    random.nextInt(4) == 0 ? "$or" : "$and",
                    List.of(randomFilter(random, depth - 1), randomFilter(random, depth - 1)));
        }
        return filter;
    }

    private static Object randomCondition(Random random, String field) {
        int bound = field.equals("k") ? DOCUMENTS : 10;
        int value = random.nextInt(bound);
        return switch (random.nextInt(8)) {
            case 0 -> new Document("$in", List.of(value, random.nextInt(bound), random.nextInt(bound)));
            case 1 -> new Document("$gt", value);
            case 2 -> new Document("$eq", value);
            case 3 -> new Document("v", value);
            case 4 -> new Document("$not", new Document("$gt", value));
            default -> value;
        };
    }

    private static ConjunctionIndex<Integer> byId() {
        return new ConjunctionIndex<>(new MemoryUniqueIndex("_id_", List.of(new IndexKey("_id", true)), false), false);
    }

    private static de.bwaldvogel.mongo.bson.Document parsed(String filter) {
        return converted(Document.parse(filter));
    }

    private static de.bwaldvogel.mongo.bson.Document converted(Document document) {
        var converted = new de.bwaldvogel.mongo.bson.Document();
        document.forEach((field, value) -> converted.append(field, convertedValue(value)));
        return converted;
    }

    private static @Nullable Object convertedValue(@Nullable Object value) {
        if (value instanceof List<?> values) {
            var converted = new ArrayList<@Nullable Object>();
            values.forEach(element -> converted.add(convertedValue(element)));
            return converted;
        }
        return value instanceof Document document ? converted(document) : value;
    }
}
