package menara.eventstore.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.conversion.ChainingContentTypeConverter;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Axon's own suite, run against one server and one read strategy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineConformance extends StorageEngineTestSuite<MongoEventStorageEngine> {

    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract String connectionString();

    abstract ReadStrategy strategy();

    @Override
    protected MongoEventStorageEngine buildStorageEngine() {
        MongoClient client = MongoClients.create(connectionString());
        var engine = MongoEventStorageEngine.builder(
                        client.getDatabase("conformance"), new ChainingContentTypeConverter())
                .log("log_" + UUID.randomUUID())
                .readStrategy(strategy())
                .open();
        opened.add(engine);
        opened.add(client);
        return engine;
    }

    @Override
    @SuppressWarnings("NullAway") // our engine does not look at the context, and Axon's SPI allows there to be none
    protected ProcessingContext processingContext() {
        return null;
    }

    @AfterAll
    void closeEngines() throws Exception {
        for (var closeable : opened) {
            closeable.close();
        }
    }
}
