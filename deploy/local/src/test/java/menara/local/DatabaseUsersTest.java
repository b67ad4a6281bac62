package menara.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import menara.embeddedmongodb.EmbeddedMongo;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUsersTest {

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
