package menara.embeddedmongodb;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reason for this module: a killed server has everything it acknowledged, and no half of anything. */
class KillTest {

    private static final int WRITERS = 16;
    private static final int KILLS = Integer.getInteger("menara.database.kills", 3);

    @TempDir
    Path directory;

    @Test
    void a_killed_server_has_every_acknowledged_write_and_no_half_write() throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("KillTest: -Dmenara.seed=" + seed);
        Random random = new Random(seed);
        Path file = directory.resolve("data.mv");
        List<AtomicLong> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (var server = ServerProcess.start("--data", file.toString())) {
                verify(server, acknowledged);
                writeUntilKilled(server, acknowledged, 200 + random.nextInt(1_000));
            }
        }
        try (var server = ServerProcess.start("--data", file.toString())) {
            verify(server, acknowledged);
        }
        assertThat(acknowledged).allSatisfy(count -> assertThat(count).hasPositiveValue());
    }

    /** Writer w inserts (w, 1), (w, 2), … one after the other, so a gap or a missing tail is a lost write. */
    private static void writeUntilKilled(ServerProcess server, List<AtomicLong> acknowledged, int killAfter)
            throws InterruptedException {
        AtomicLong total = new AtomicLong();
        try (MongoClient client = client(server);
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            documents(client).createIndex(Indexes.ascending("code"), new IndexOptions().unique(true));
            int first = acknowledged.size();
            for (int writer = first; writer < first + WRITERS; writer++) {
                AtomicLong mine = new AtomicLong();
                acknowledged.add(mine);
                String name = "writer-" + writer;
                writers.submit(() -> insertUntilDisconnected(documents(client), name, mine, total));
            }
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> total.get() >= killAfter);
            server.kill();
            writers.shutdown();
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void insertUntilDisconnected(
            MongoCollection<Document> documents, String writer, AtomicLong acknowledged, AtomicLong total) {
        try {
            while (true) {
                long next = acknowledged.get() + 1;
                documents.insertOne(new Document("_id", writer + "/" + next)
                        .append("code", writer + "/code/" + next)
                        .append("payload", "x".repeat(190)));
                acknowledged.set(next);
                total.incrementAndGet();
            }
        } catch (MongoException e) {
            // the server is gone, as planned
        }
    }

    private static void verify(ServerProcess server, List<AtomicLong> acknowledged) {
        try (MongoClient client = client(server)) {
            MongoCollection<Document> documents = documents(client);
            long stored = 0;
            for (int writer = 0; writer < acknowledged.size(); writer++) {
                long known = acknowledged.get(writer).get();
                for (long n = 1; n <= known; n++) {
                    assertThat(documents.find(eq("writer-" + writer + "/" + n)).first())
                            .as("writer %d, insert %d of %d", writer, n, known)
                            .isNotNull();
                }
                stored += known;
                // One more may be stored though its reply was lost; then it must be whole: both indexes and the
                // document.
                Document last = documents
                        .find(eq("writer-" + writer + "/" + (known + 1)))
                        .first();
                Document byCode = documents
                        .find(eq("code", "writer-" + writer + "/code/" + (known + 1)))
                        .first();
                assertThat(byCode).isEqualTo(last);
                stored += last == null ? 0 : 1;
            }
            assertThat(documents.countDocuments()).isEqualTo(stored);
        }
    }

    private static MongoCollection<Document> documents(MongoClient client) {
        return client.getDatabase("test").getCollection("documents");
    }

    private static MongoClient client(ServerProcess server) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .retryWrites(false)
                .build());
    }
}
