package menara.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import menara.embeddedmongodb.EmbeddedMongo;

/** The embedded server in a JVM of its own, as {@code ./menara up} runs it but with a larger heap, and a client of it. */
public final class Server implements AutoCloseable {

    /** The server keeps about 5 kB for each small document in memory, and the benches write several hundred thousand. */
    private static final String HEAP = "3g";

    private final Child process;
    private final String uri;
    private final MongoClient client;

    private Server(Child process) throws IOException {
        this.process = process;
        this.uri = process.await("listening on ");
        this.client = MongoClients.create(uri);
    }

    public static Server inMemory() throws IOException {
        return new Server(Child.java(HEAP, EmbeddedMongo.class, "--memory", "--no-users"));
    }

    /** Commits each write to the file before it is acknowledged, so that it survives a kill of the process. */
    public static Server onDisk(Path file) throws IOException {
        return new Server(Child.java(HEAP, EmbeddedMongo.class, "--data", file.toString(), "--no-users"));
    }

    public String uri() {
        return uri;
    }

    public MongoDatabase database(String name) {
        return client.getDatabase(name);
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.close();
    }
}
