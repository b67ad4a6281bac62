package menara.eventstore.mongodb.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.WriteConcernError;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit counts as refused only if the server says that it will never be stored. */
class RefusalTest {

    /**
     * HostUnreachable, HostNotFound, ExceededTimeLimit and its like, StaleConfig, StaleShardVersion, InterruptedAtShutdown,
     * PrimarySteppedDown, NotWritablePrimary, WriteConcernFailed, NetworkTimeout, WriteConflict, an internal error: a router says them of a shard
     * that may have stored what it was sent.
     */
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 6, 7, 8, 24, 50, 63, 64, 79, 89, 91, 100, 112, 133, 150, 189, 202, 249, 262, 317, 358, 9001, 10058,
                10107, 11600, 11601, 11602, 13388, 13435, 13436
            })
    void what_a_router_says_of_a_shard_that_may_have_stored_the_commit_is_no_refusal(int code) {
        var answer = new BsonDocument("ok", new BsonDouble(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString("from a shard"));

        assertThat(CommitInserter.isRefusal(new MongoCommandException(answer, new ServerAddress())))
                .isFalse();
    }

    /** Whatever its code: the commit is stored, and the majority has not confirmed it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 13, 64, 91, 100})
    void a_failed_confirmation_is_no_refusal(int code) {
        var failed = new MongoWriteConcernException(
                new WriteConcernError(code, "name", "not confirmed", new BsonDocument()),
                null,
                new ServerAddress(),
                Set.of());

        assertThat(CommitInserter.isRefusal(failed)).isFalse();
    }
}
