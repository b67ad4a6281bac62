package menara.embeddedmongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** Answers whatever comes at once. */
    private static final class Answering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush("answer");
        }
    }

    /** Where answers leave, on whatever thread. */
    private static final class Leaving extends ChannelOutboundHandlerAdapter {

        private final Queue<Object> answers = new ConcurrentLinkedQueue<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            answers.add(message);
        }
    }

    @Test
    void what_is_read_is_not_told_before_it_is_on_disk(@TempDir Path folder) throws InterruptedException {
        var writing = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        var leaving = new Leaving();
        try (var store = MVStore.open(folder.resolve("data.mv").toString());
                var commits = new GroupCommit(store, Durability.PROCESS_CRASH)) {
            var channel = new EmbeddedChannel(leaving, new CommitBeforeReply(commits), new Answering());
            channel.writeInbound(message(new Document("find", "documents")));
            assertThat(leaving.answers).as("nothing was written").hasSize(1);

            var writer = Thread.startVirtualThread(() -> commits.write(() -> {
                writing.countDown();
                assertThatCode(written::await).doesNotThrowAnyException();
            }));
            writing.await();
            channel.writeInbound(message(new Document("find", "documents")));
            assertThat(leaving.answers).as("while it is written").hasSize(1);

            written.countDown();
            writer.join();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> leaving.answers.size() == 2);
        }
    }

    private static MongoMessage aggregation(Document... stages) {
        return message(new Document("aggregate", "documents").append("pipeline", List.of(stages)));
    }

    private static MongoMessage message(Document command) {
        return new MongoMessage(new EmbeddedChannel(), new MessageHeader(1, 0), command);
    }
}
