package menara.eventstore.spring.read;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import menara.embeddedmongodb.EmbeddedMongoServer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory();
    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private static final MongoClient CLIENT = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(SERVER.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    REQUESTS.add(event.getCommandName());
                }
            })
            .build());

    private final MongoDatabase database = CLIENT.getDatabase("batches");
    private final Batch batch = new Batch();

    @BeforeEach
    void empty() {
        database.drop();
        REQUESTS.clear();
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.close();
    }

    /** Handles an event of a sequence at a position, with a batch or without. */
    private static void handle(String sequence, long position, Optional<Batch> batch, Runnable handler) {
        Handling.run(
                Optional.of(new Fence(sequence, String.format(java.util.Locale.ROOT, "%019d", position))),
                batch,
                handler);
    }

    private void gather(String sequence, long position, Runnable handler) {
        handle(sequence, position, Optional.of(batch), handler);
    }

    private Document read(String collection, String id) {
        return database.getCollection(collection).find(eq(id)).first();
    }

    @Test
    void changes_of_many_events_are_one_request_for_each_collection() {
        var racks = ReadModel.in(database, "racks");
        var halls = ReadModel.in(database, "halls");
        for (int i = 0; i < 60; i++) {
            int number = i;
            gather("rack-" + i, i, () -> {
                racks.put("rack-" + number, new Document("number", number));
                halls.put("hall-" + number, new Document("last", number));
            });
        }
        assertThat(REQUESTS).isEmpty();

        batch.write();

        assertThat(REQUESTS).containsExactly("update", "update");
        assertThat(read("racks", "rack-59")).containsEntry("number", 59);
        assertThat(read("halls", "hall-2")).containsEntry("last", 2);
    }

    @Test
    void changes_of_one_document_keep_their_order() {
        var halls = ReadModel.in(database, "halls");
        for (int i = 1; i <= 3; i++) {
            int number = i;
            gather("hall", i, () -> halls.put("hall", new Document("last", number)));
            gather("other" + i, i, () -> halls.put("other" + number, new Document("last", number)));
        }

        batch.write();

        assertThat(REQUESTS).containsExactly("update", "update", "update");
        assertThat(read("halls", "hall")).containsEntry("last", 3);
    }

    @Test
    void an_event_reads_what_those_before_it_in_the_batch_wrote() {
        var racks = ReadModel.in(database, "racks");
        gather("rack", 1, () -> racks.put("rack", new Document("power", 1)));
        gather("rack", 2, () -> {
            var power = racks.get("rack").orElseThrow().getInteger("power");
            racks.put("rack", new Document("power", 10 * power));
        });

        batch.write();

        assertThat(read("racks", "rack")).containsEntry("power", 10);
    }

    @Test
    void a_document_that_has_seen_more_refuses_its_change_and_no_other() {
        var racks = ReadModel.in(database, "racks");
        handle("b", 50, Optional.empty(), () -> racks.put("b", new Document("state", "newer")));
        gather("a", 10, () -> racks.put("a", new Document("state", "here")));
        gather("b", 11, () -> racks.put("b", new Document("state", "older")));
        gather("c", 12, () -> racks.put("c", new Document("state", "here")));
        gather("b", 13, () -> racks.put("b", new Document("state", "older still")));
        gather("d", 14, () -> racks.put("d", new Document("state", "here")));

        batch.write();

        assertThat(read("racks", "b")).containsEntry("state", "newer");
        for (var id : List.of("a", "c", "d")) {
            assertThat(read("racks", id)).containsEntry("state", "here");
        }
    }

    @Test
    void what_the_database_refuses_is_told_and_may_be_written_again() {
        var racks = ReadModel.in(database, "racks");
        handle("a", 1, Optional.empty(), () -> racks.put("a", new Document("power", "much")));
        gather("b", 2, () -> racks.put("b", new Document("power", 1)));
        gather("a", 3, () -> racks.update("a", set("power.kilowatts", 3)));

        assertThatThrownBy(batch::write).isInstanceOf(MongoBulkWriteException.class);

        database.getCollection("racks").deleteOne(eq("a"));
        batch.write();
        assertThat(read("racks", "b")).containsEntry("power", 1);
    }

    /** What is written together is what would have been written one by one, whatever was there before and however often. */
    @Test
    void together_is_the_same_as_one_by_one() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var together = ReadModel.in(database, "together" + seed);
            var alone = ReadModel.in(database, "alone" + seed);
            long position = 0;
            for (int turn = 0; turn < 4; turn++) {
                var again = new ArrayList<Runnable>();
                int events = 1 + random.nextInt(12);
                for (int i = 0; i < events; i++) {
                    position += 1 + random.nextInt(2);
                    long at = random.nextInt(5) == 0 ? Math.max(0, position - 6) : position; // delivered late
                    var sequence = "s" + random.nextInt(2);
                    var changes = random.longs(1 + random.nextInt(3)).boxed().toList();
                    handle(sequence, at, Optional.empty(), () -> changes.forEach(each -> change(alone, each)));
                    again.add(() -> gather(sequence, at, () -> changes.forEach(each -> change(together, each))));
                }
                again.forEach(Runnable::run);
                batch.write();
            }
            assertThat(all("together" + seed)).as("seed " + seed).isEqualTo(all("alone" + seed));
        }
    }

    private static void change(ReadModel model, long number) {
        var random = new Random(number);
        var id = "d" + random.nextInt(4);
        int value = random.nextInt(100);
        switch (random.nextInt(4)) {
            case 0 -> model.put(id, new Document("a", value));
            case 1 -> model.upsertAll(List.of(id, "d" + random.nextInt(4)), set("b", value));
            case 2 -> model.update(id, set("c", value));
            default -> model.update(id, lt("a", value), set("a", value));
        }
    }

    private Map<String, Document> all(String collection) {
        var all = new HashMap<String, Document>();
        database.getCollection(collection).find().forEach(document -> all.put(document.getString("_id"), document));
        return all;
    }
}
