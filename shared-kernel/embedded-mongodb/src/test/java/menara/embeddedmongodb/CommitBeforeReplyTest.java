package menara.embeddedmongodb;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitBeforeReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"insert", "update", "delete", "findAndModify", "findandmodify", "create", "createIndexes", "drop"
            })
    void a_command_that_writes_waits_for_the_commit(String command) {
        assertThat(CommitBeforeReply.mayWrite(message(new Document(command, "documents"))))
                .isTrue();
    }

    @Test
    void a_command_nobody_knows_is_taken_for_a_write() {
        assertThat(CommitBeforeReply.mayWrite(message(new Document("compactNextYear", 1))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"find", "getMore", "count", "hello", "isMaster", "ping"})
    void a_read_does_not_wait(String command) {
        assertThat(CommitBeforeReply.mayWrite(message(new Document(command, "documents"))))
                .isFalse();
    }

    @Test
    void an_aggregation_waits_only_if_it_ends_in_a_collection() {
        assertThat(CommitBeforeReply.mayWrite(aggregation(new Document("$match", new Document()))))
                .isFalse();
        assertThat(CommitBeforeReply.mayWrite(
                        aggregation(new Document("$match", new Document()), new Document("$out", "copy"))))
                .isTrue();
        assertThat(CommitBeforeReply.mayWrite(aggregation(new Document("$merge", "copy"))))
                .isTrue();
    }

    private static MongoMessage aggregation(Document... stages) {
        return message(new Document("aggregate", "documents").append("pipeline", List.of(stages)));
    }

    private static MongoMessage message(Document command) {
        return new MongoMessage(new EmbeddedChannel(), new MessageHeader(1, 0), command);
    }
}
