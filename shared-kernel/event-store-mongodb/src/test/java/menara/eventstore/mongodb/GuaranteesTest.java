package menara.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuaranteesTest {

    /** Nobody is asked: a client connects when it first has something to do. */
    private static final String CARELESS =
            "mongodb://127.0.0.1:1/?w=0&readPreference=secondaryPreferred&readConcernLevel=local";

    @Test
    void a_collection_is_as_safe_as_its_owner_says_whatever_the_connection_string_says() {
        try (var client = MongoClients.create(CARELESS)) {
            var collection = Guarantees.bounded(client.getDatabase("test"), Limits.DEFAULT)
                    .getCollection("due");

            assertThat(collection.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY.withJournal(true));
            assertThat(collection.getReadConcern()).isEqualTo(ReadConcern.MAJORITY);
            assertThat(collection.getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(collection.getTimeout(TimeUnit.MILLISECONDS))
                    .isEqualTo(Limits.DEFAULT.callTimeout().toMillis());
        }
    }
}
