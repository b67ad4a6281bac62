package menara.eventstore.mongodb.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import menara.eventstore.mongodb.ReadStrategy;
import org.bson.Document;
import org.junit.jupiter.api.Test;

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
}
