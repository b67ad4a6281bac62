package menara.embeddedmongodb;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsersTest {

    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int CURSOR_NOT_FOUND = 43;

    private static final User BILLING =
            new User("billing", "b1llingsecret", "menara_billing", Set.of("menara_capacity.published"));
    private static final User CAPACITY = new User("capacity", "capacitysecret", "menara_capacity", Set.of());

    @TempDir
    Path directory;

    private final List<MongoClient> clients = new ArrayList<>();
    private EmbeddedMongoServer server;
    private MongoClient billing;
    private MongoClient capacity;

    @BeforeEach
    void two_services_with_a_log_each() {
        server = EmbeddedMongoServer.onDisk(
                directory.resolve("data.mv"),
                EmbeddedMongoServer.EPHEMERAL_PORT,
                Durability.PROCESS_CRASH,
                List.of(BILLING, CAPACITY));
        billing = client("billing", BILLING.secret());
        capacity = client("capacity", CAPACITY.secret());
        capacity("published").insertMany(numbered(500));
        capacity("events").insertMany(numbered(500));
        own("invoices").insertOne(new Document("_id", 1));
    }

    @AfterEach
    void close() {
        clients.forEach(MongoClient::close);
        server.close();
    }

    @Test
    void a_service_reads_and_writes_its_own_database() {
        var invoices = own("invoices");
        invoices.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
        invoices.updateOne(eq(1), new Document("$set", new Document("number", "A-1")));
        assertThat(invoices.find(eq("number", "A-1")).first()).containsEntry("_id", 1);
        invoices.aggregate(List.of(Aggregates.match(eq(1)), Aggregates.merge("copies")))
                .toCollection();
        assertThat(own("copies").countDocuments()).isOne();
        assertThat(billing.getDatabase(BILLING.database()).listCollectionNames())
                .contains("invoices", "copies");
        assertThat(invoices.deleteOne(eq(1)).getDeletedCount()).isOne();
    }

    @Test
    void a_service_reads_what_another_has_published() {
        assertThat(foreign("published").find().batchSize(20).into(new ArrayList<>()))
                .hasSize(500);
    }

    static Stream<String> what_is_not_for_a_reader() {
        return Stream.of("events", "published_progress", "system.namespaces", "system.indexes", "published.x", "");
    }

    @ParameterizedTest
    @MethodSource("what_is_not_for_a_reader")
    void anothers_private_collections_are_not_read(String collection) {
        refused(() -> run("find", collection));
        refused(() -> run("count", collection));
        refused(() -> run("distinct", collection));
        refused(() -> run("listIndexes", collection));
    }

    @Test
    void anothers_published_log_is_not_written() {
        refused(() -> foreign("published").insertOne(new Document("_id", 1_000)));
        refused(() -> foreign("published").updateOne(eq(1), new Document("$set", new Document("n", 7))));
        refused(() -> foreign("published").deleteMany(new Document()));
        refused(() -> foreign("published").findOneAndDelete(eq(1)));
        refused(() -> foreign("published").createIndex(Indexes.ascending("n")));
        refused(() -> foreign("published").drop());
        refused(() -> billing.getDatabase(CAPACITY.database()).drop());
        assertThat(capacity("published").countDocuments()).isEqualTo(500);
    }

    @Test
    void an_aggregation_leads_into_no_other_database() {
        var elsewhere = new Document("db", CAPACITY.database()).append("coll", "published");
        var merge = new Document("$merge", new Document("into", elsewhere));
        refused(() -> own("invoices").aggregate(List.of(merge)).toCollection());
        refused(() -> own("invoices")
                .aggregate(List.of(new Document("$facet", new Document("a", List.of(merge)))))
                .first());
        refused(() -> own("invoices")
                .aggregate(List.of(new Document("$out", elsewhere)))
                .toCollection());
        refused(() -> foreign("published")
                .aggregate(List.of(Aggregates.lookup("events", "_id", "_id", "stolen")))
                .first());
    }

    @Test
    void the_server_itself_is_nobodys() {
        refused(() -> billing.listDatabaseNames().first());
        for (var command : List.of(
                new Document("serverStatus", 1),
                new Document("getCmdLineOpts", 1),
                new Document("whatsmyuri", 1),
                new Document("renameCollection", "menara_capacity.events").append("to", "menara_billing.events"))) {
            refused(() -> billing.getDatabase("admin").runCommand(command));
            refused(() -> billing.getDatabase(BILLING.database()).runCommand(command));
        }
    }

    /** The library numbers its cursors one after the other and asks nobody whose they are. */
    @Test
    void a_cursor_belongs_to_who_opened_it() {
        try (var theirs = capacity("events").find().batchSize(10).cursor()) {
            theirs.next();
            var opened = theirs.getServerCursor();
            assertThat(opened).isNotNull();
            for (String collection : List.of("invoices", "published", "events")) {
                assertThatThrownBy(() -> billing.getDatabase(BILLING.database())
                                .runCommand(new Document("getMore", opened.getId()).append("collection", collection)))
                        .isInstanceOfSatisfying(
                                MongoCommandException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(CURSOR_NOT_FOUND));
            }
            assertThatThrownBy(() -> billing.getDatabase(BILLING.database())
                            .runCommand(
                                    new Document("killCursors", "invoices").append("cursors", List.of(opened.getId()))))
                    .isInstanceOf(MongoCommandException.class);
            for (int left = 499; left > 0; left--) {
                theirs.next();
            }
            assertThat(theirs.hasNext()).isFalse();
        }
    }

    @Test
    void a_wrong_secret_opens_nothing() {
        failsToAuthenticate(client("billing", CAPACITY.secret()));
    }

    @Test
    void an_unknown_user_is_answered_as_one_with_a_wrong_secret() {
        failsToAuthenticate(client("auditor", "any"));
    }

    @Test
    void without_a_user_a_connection_is_good_for_a_greeting_only() {
        var stranger = client(MongoClientSettings.builder());
        assertThatCode(() -> stranger.getDatabase("admin").runCommand(new Document("isMaster", 1)))
                .doesNotThrowAnyException();
        for (var command : List.of(
                new Document("find", "published"),
                new Document("insert", "published").append("documents", List.of(new Document("_id", 9_999))),
                new Document("ping", 1),
                new Document("buildInfo", 1),
                new Document("listDatabases", 1),
                new Document("getMore", 1L).append("collection", "published"),
                new Document("saslContinue", 1).append("conversationId", 1))) {
            refused(() -> stranger.getDatabase(CAPACITY.database()).runCommand(command));
        }
        assertThatThrownBy(() -> stranger.getDatabase("admin")
                        .runCommand(new Document("saslStart", 1)
                                .append("mechanism", "PLAIN")
                                .append("payload", "\0billing\0" + BILLING.secret())))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(AUTHENTICATION_FAILED));
    }

    @Test
    void users_come_from_a_file() throws Exception {
        Path file = Files.writeString(directory.resolve("users"), """
                billing.secret=b1llingsecret
                billing.database=menara_billing
                billing.reads=menara_capacity.published menara_operations.published
                capacity.secret=capacitysecret
                capacity.database=menara_capacity
                """);
        assertThat(Users.read(file))
                .containsExactlyInAnyOrder(
                        new User(
                                "billing",
                                "b1llingsecret",
                                "menara_billing",
                                Set.of("menara_capacity.published", "menara_operations.published")),
                        CAPACITY);
        assertThatThrownBy(() -> Users.read(Files.writeString(file, "billing.secret=x\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no database");
    }

    private static List<Document> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new Document("_id", n))
                .toList();
    }

    private MongoCollection<Document> own(String collection) {
        return billing.getDatabase(BILLING.database()).getCollection(collection);
    }

    private MongoCollection<Document> capacity(String collection) {
        return capacity.getDatabase(CAPACITY.database()).getCollection(collection);
    }

    private MongoCollection<Document> foreign(String collection) {
        return billing.getDatabase(CAPACITY.database()).getCollection(collection);
    }

    private void run(String command, String collection) {
        billing.getDatabase(CAPACITY.database()).runCommand(new Document(command, collection).append("key", "_id"));
    }

    private static void refused(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(UNAUTHORIZED));
    }

    private static void failsToAuthenticate(MongoClient client) {
        assertThatThrownBy(() -> client.getDatabase(BILLING.database()).runCommand(new Document("ping", 1)))
                .isInstanceOfSatisfying(
                        MongoSecurityException.class,
                        e -> assertThat(e.getCause())
                                .isInstanceOfSatisfying(
                                        MongoCommandException.class,
                                        cause ->
                                                assertThat(cause.getErrorCode()).isEqualTo(AUTHENTICATION_FAILED)));
    }

    private MongoClient client(String name, String secret) {
        var address =
                "mongodb://%s:%s@127.0.0.1:%d/?authMechanism=SCRAM-SHA-256".formatted(name, secret, server.port());
        return client(MongoClientSettings.builder().applyConnectionString(new ConnectionString(address)));
    }

    private MongoClient client(MongoClientSettings.Builder settings) {
        if (settings.build().getCredential() == null) {
            settings.applyConnectionString(new ConnectionString(server.connectionString()));
        }
        var client = MongoClients.create(
                settings.applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(10, TimeUnit.SECONDS))
                        .build());
        clients.add(client);
        return client;
    }
}
