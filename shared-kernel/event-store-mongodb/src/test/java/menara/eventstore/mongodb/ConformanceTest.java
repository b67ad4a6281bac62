package menara.eventstore.mongodb;

import java.nio.file.Path;
import menara.embeddedmongodb.EmbeddedMongoServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Axon's suite on every server and with every strategy we promise. */
class ConformanceTest {

    private static final EmbeddedMongoServer MEMORY = EmbeddedMongoServer.inMemory();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedMongoServer disk;

    @BeforeAll
    static void startDisk() {
        disk = EmbeddedMongoServer.onDisk(folder.resolve("data.mv"));
    }

    @AfterAll
    static void stopServers() {
        MEMORY.close();
        disk.close();
    }

    @Nested
    class PointReadsInMemory extends EngineConformance {
        @Override
        String connectionString() {
            return MEMORY.connectionString();
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.POINT_READS;
        }
    }

    @Nested
    class IndexedInMemory extends EngineConformance {
        @Override
        String connectionString() {
            return MEMORY.connectionString();
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.INDEXED;
        }
    }

    @Nested
    class PointReadsOnDisk extends EngineConformance {
        @Override
        String connectionString() {
            return disk.connectionString();
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.POINT_READS;
        }
    }

    @Nested
    class IndexedOnDisk extends EngineConformance {
        @Override
        String connectionString() {
            return disk.connectionString();
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.INDEXED;
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = "MENARA_TEST_MONGODB_URI", matches = ".+")
    class AutoOnTheGivenServer extends EngineConformance {
        @Override
        String connectionString() {
            return System.getenv("MENARA_TEST_MONGODB_URI");
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.AUTO;
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = "MENARA_TEST_MONGODB_URI", matches = ".+")
    class PointReadsOnTheGivenServer extends EngineConformance {
        @Override
        String connectionString() {
            return System.getenv("MENARA_TEST_MONGODB_URI");
        }

        @Override
        ReadStrategy strategy() {
            return ReadStrategy.POINT_READS;
        }
    }
}
