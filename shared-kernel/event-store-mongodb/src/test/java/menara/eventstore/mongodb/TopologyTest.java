package menara.eventstore.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A router stands between the store and the servers. */
class TopologyTest {

    private static final Document ROUTER = new Document("msg", "isdbgrid");
    private static final Document REPLICA_SET = new Document("setName", "rs0");

    /** A database that answers these commands. */
    private static MongoDatabase answering(Map<String, Document> answers) {
        return (MongoDatabase) Proxy.newProxyInstance(
                MongoDatabase.class.getClassLoader(), new Class<?>[] {MongoDatabase.class}, (_, method, arguments) -> {
                    if (!method.getName().equals("runCommand")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    var answer = answers.get(
                            ((Document) arguments[0]).keySet().iterator().next());
                    assertThat(answer).as(arguments[0].toString()).isNotNull();
                    return answer;
                });
    }

    /** A router names no storage engines, as a server that ignores indexes does not. */
    @Test
    void through_a_router_the_indexes_of_the_shards_are_used() {
        var buildInfo = new Document("version", "8.0.4");

        assertThat(Strategies.isIndexed(
                        ReadStrategy.AUTO, answering(Map.of("buildInfo", buildInfo, "isMaster", ROUTER))))
                .isTrue();
        assertThat(Strategies.isIndexed(
                        ReadStrategy.AUTO, answering(Map.of("buildInfo", buildInfo, "isMaster", REPLICA_SET))))
                .isFalse();
        assertThat(Strategies.isIndexed(
                        ReadStrategy.AUTO,
                        answering(Map.of("buildInfo", new Document("storageEngines", List.of("wiredTiger"))))))
                .isTrue();
    }

    @Test
    void a_sharded_log_is_refused() {
        var sharded = answering(Map.of("isMaster", ROUTER, "collStats", new Document("sharded", true)));

        assertThatThrownBy(() -> Topology.requireUnsharded(sharded, "events"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("log events is sharded")
                .hasMessageContaining("unshard");
    }

    @Test
    void a_log_on_one_shard_or_on_a_replica_set_is_not() {
        var unsharded = answering(Map.of("isMaster", ROUTER, "collStats", new Document("sharded", false)));
        assertThatCode(() -> Topology.requireUnsharded(unsharded, "events")).doesNotThrowAnyException();
        assertThatCode(() -> Topology.requireUnsharded(answering(Map.of("isMaster", REPLICA_SET)), "events"))
                .doesNotThrowAnyException();
    }

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
