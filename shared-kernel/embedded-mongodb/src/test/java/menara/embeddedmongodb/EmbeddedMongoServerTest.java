package menara.embeddedmongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedMongoServerTest {

    private static final int WRITERS = 8;
    private static final int INSERTS_OF_EACH = 150;

    @TempDir
    Path directory;

    enum Storage {
        MEMORY,
        DISK,
        DISK_SYNCED;

        EmbeddedMongoServer start(Path directory) {
            return switch (this) {
                case MEMORY -> EmbeddedMongoServer.inMemory();
                case DISK -> EmbeddedMongoServer.onDisk(directory.resolve("data.mv"));
                case DISK_SYNCED ->
                    EmbeddedMongoServer.onDisk(
                            directory.resolve("data.mv"), EmbeddedMongoServer.EPHEMERAL_PORT, Durability.POWER_LOSS);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_portable_subset_works(Storage storage) {
        try (var server = storage.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            var documents = client.getDatabase("test").getCollection("documents");
            documents.createIndex(Indexes.ascending("code"), new IndexOptions().unique(true));
            documents.insertOne(new Document("_id", 1L).append("code", "a"));
            documents.insertMany(List.of(new Document("_id", 2L).append("code", "b"), new Document("_id", 3L)));

            assertThat(documents.find(in("_id", 1L, 3L))).hasSize(2);
            assertThatThrownBy(() -> documents.insertOne(new Document("_id", 1L).append("code", "c")))
                    .isInstanceOfSatisfying(
                            MongoWriteException.class,
                            e -> assertThat(e.getError().getCode()).isEqualTo(11_000));
            assertThatThrownBy(() -> documents.insertOne(new Document("_id", 4L).append("code", "b")))
                    .isInstanceOf(MongoWriteException.class);
            assertThat(documents.findOneAndUpdate(eq(2L), new Document("$set", new Document("n", 7))))
                    .isNotNull();
            assertThat(documents.find(eq("code", "b")).first()).containsEntry("n", 7);
            assertThat(documents.deleteOne(eq(3L)).getDeletedCount()).isOne();
        }
    }

    @Test
    void values_of_every_kind_we_store_come_back_from_the_file_and_are_found_by_their_index() {
        var values = List.of(
                "text",
                -7,
                1L << 60, // no double holds it exactly next to its neighbours
                (1L << 60) + 1,
                2.5,
                true,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                new BsonBinary(UUID.fromString("00000000-0000-7000-8000-000000000001")),
                new Binary(new byte[] {1, 2, 3}),
                new ObjectId("0123456789abcdef01234567"),
                new Document("nested", List.of(1, "two", new Document("three", 3.5))));
        try (var server = Storage.DISK.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            documents(client).createIndex(Indexes.ascending("value"), new IndexOptions().unique(true));
            for (int i = 0; i < values.size(); i++) {
                documents(client).insertOne(new Document("_id", i).append("value", values.get(i)));
            }
        }
        try (var server = Storage.DISK.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            for (int i = 0; i < values.size(); i++) {
                assertThat(documents(client).find(eq("value", values.get(i))))
                        .as("found by %s", values.get(i))
                        .singleElement()
                        .isEqualTo(documents(client).find(eq(i)).first());
            }
            assertThat(documents(client).find(eq(10)).first()).containsEntry("value", values.get(10));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "DISK_SYNCED"})
    void what_is_on_disk_is_there_after_a_restart(Storage storage) {
        try (var server = storage.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            documents(client).insertOne(new Document("_id", 1).append("code", "a"));
        }
        try (var server = storage.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            assertThat(documents(client).find(eq(1)).first()).containsEntry("code", "a");
        }
    }

    @Test
    void a_file_closed_and_opened_again_and_again_keeps_every_document() {
        int stored = 0;
        for (int opening = 0; opening < 5; opening++) {
            try (var server = Storage.DISK.start(directory);
                    var client = MongoClients.create(server.connectionString());
                    var writers = Executors.newFixedThreadPool(WRITERS)) {
                assertThat(documents(client).countDocuments()).isEqualTo(stored);
                for (int writer = 0; writer < WRITERS; writer++) {
                    int first = stored + writer * INSERTS_OF_EACH;
                    writers.submit(() -> {
                        for (int i = first; i < first + INSERTS_OF_EACH; i++) {
                            documents(client).insertOne(new Document("_id", i).append("text", "x".repeat(200)));
                            documents(client).updateOne(eq(i), new Document("$set", new Document("n", i)));
                        }
                    });
                }
                writers.close();
                stored += WRITERS * INSERTS_OF_EACH;
                assertThat(documents(client).countDocuments()).isEqualTo(stored);
            }
        }
        try (var server = Storage.DISK.start(directory);
                var client = MongoClients.create(server.connectionString())) {
            for (int id = 0; id < stored; id++) {
                assertThat(documents(client).find(eq(id)).first()).containsEntry("n", id);
            }
        }
    }

    @Test
    void a_taken_port_is_named() {
        try (var server = EmbeddedMongoServer.inMemory()) {
            int port = server.port();
            assertThatThrownBy(() -> EmbeddedMongoServer.inMemory(port))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void a_data_file_opens_once() {
        Path file = directory.resolve("data.mv");
        try (var _ = EmbeddedMongoServer.onDisk(file)) {
            assertThatThrownBy(() -> EmbeddedMongoServer.onDisk(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another process has it open");
        }
    }

    @Test
    void a_file_that_is_no_data_file_is_refused_and_left_alone() throws Exception {
        Path file = Files.writeString(directory.resolve("letter.txt"), "Dear partner,\n".repeat(1000));
        assertThatThrownBy(() -> EmbeddedMongoServer.onDisk(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("letter.txt");
        assertThat(file).content().startsWith("Dear partner,");
    }

    private static MongoCollection<Document> documents(MongoClient client) {
        return client.getDatabase("test").getCollection("documents");
    }
}
