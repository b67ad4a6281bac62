package menara.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import menara.embeddedmongodb.EmbeddedMongo;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUsersTest {

    /** However busy the machine is. */
    private static final DatabaseCheck PATIENT =
            new DatabaseCheck(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final DatabaseCheck HASTY =
            new DatabaseCheck(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMinutes(2));

    @TempDir
    Path directory;

    private State state;
    private DatabaseUsers users;
    private Process server;
    private int port;

    @BeforeEach
    void a_server_as_it_is_started() throws Exception {
        state = new State(directory.resolve("state"));
        state.open();
        users = new DatabaseUsers(Secrets.of(state));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=menara/local/mongodb-logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedMongo.class.getName(),
                        "--memory",
                        "--users",
                        users.write(state).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = server.inputReader();
        String address = output.readLine();
        while (address != null && !address.startsWith("listening on ")) {
            address = output.readLine();
        }
        assertThat(address).as("the server has started").isNotNull();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    @AfterEach
    void stop() throws Exception {
        server.destroyForcibly().waitFor();
    }

    @Test
    void each_service_writes_its_own_database_and_reads_what_every_other_has_published() {
        for (String service : DatabaseUsers.SERVICES) {
            try (var client = client(service)) {
                for (String collection : new String[] {"published", "events"}) {
                    client.getDatabase(DatabaseUsers.database(service))
                            .getCollection(collection)
                            .insertOne(new Document("_id", 0).append("of", service));
                }
            }
        }
        for (String service : DatabaseUsers.SERVICES) {
            try (var client = client(service)) {
                for (String other : DatabaseUsers.SERVICES) {
                    var database = client.getDatabase(DatabaseUsers.database(other));
                    assertThat(database.getCollection("published").find().first())
                            .containsEntry("of", other);
                    if (!other.equals(service)) {
                        assertThatThrownBy(() ->
                                        database.getCollection("events").find().first())
                                .isInstanceOf(MongoCommandException.class)
                                .hasMessageContaining("not authorized");
                        assertThatThrownBy(() ->
                                        database.getCollection("published").insertOne(new Document("_id", 1)))
                                .isInstanceOf(MongoCommandException.class)
                                .hasMessageContaining("not authorized");
                    }
                }
            }
        }
    }

    @Test
    void services_with_exactly_those_rights_have_all_they_need() throws Exception {
        assertThat(PATIENT.troubles(addresses(service -> users.connection(service, port))))
                .isEmpty();
    }

    @Test
    void what_a_service_may_not_read_is_said_before_it_starts() throws Exception {
        assertThat(PATIENT.troubles(addresses(_ -> users.connection("billing", port))))
                .hasSize(3)
                .allSatisfy(trouble -> assertThat(trouble).contains("read menara_", ".events", "README.md"))
                .noneMatch(trouble -> trouble.contains("menara_billing"));
    }

    @Test
    void a_user_who_is_not_let_in_is_said_without_the_secret() throws Exception {
        assertThat(PATIENT.troubles(addresses(_ ->
                        "mongodb://billing:wrong-secret@127.0.0.1:%d/?authMechanism=SCRAM-SHA-256".formatted(port))))
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + port, "does not let the user", "Mend name, password")
                .doesNotContain("wrong-secret");
    }

    @Test
    void an_address_where_nobody_answers_is_said_with_the_reason() throws Exception {
        int nobody = FakePart.freePort();
        assertThat(HASTY.troubles(addresses(_ -> "mongodb://me:secret@127.0.0.1:%d/?w=1".formatted(nobody))))
                .singleElement()
                .asString()
                .contains("No MongoDB answers at 127.0.0.1:" + nobody, "Connection refused", "MENARA_MONGODB_URI")
                .doesNotContain("secret", "Exception");
    }

    @Test
    void one_that_accepts_and_says_nothing_is_given_up_when_a_person_has_waited_enough() throws Exception {
        var limited = new DatabaseCheck(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(1));
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(limited.troubles(addresses(_ -> "mongodb://127.0.0.1:" + silent.getLocalPort())))
                    .singleElement()
                    .asString()
                    .contains("No MongoDB answers within 1 s", "127.0.0.1:" + silent.getLocalPort());
        }
        assertThat(DatabaseCheck.BEFORE_A_START.all()).isLessThan(Duration.ofSeconds(10));
    }

    private static DatabaseAddresses addresses(UnaryOperator<String> uri) {
        return new DatabaseAddresses(
                DatabaseUsers.SERVICES.stream().collect(Collectors.toMap(service -> service, uri)));
    }

    @Test
    void each_has_a_secret_of_its_own_that_stays_and_only_its_owner_reads() throws Exception {
        var secrets = Secrets.of(state).databases();
        assertThat(secrets).containsOnlyKeys(DatabaseUsers.SERVICES);
        assertThat(new HashSet<>(secrets.values())).hasSize(DatabaseUsers.SERVICES.size());
        assertThat(Secrets.of(state).databases()).isEqualTo(secrets);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users.write(state))))
                .isEqualTo("rw-------");
    }

    private MongoClient client(String service) {
        return MongoClients.create(users.connection(service, port));
    }
}
