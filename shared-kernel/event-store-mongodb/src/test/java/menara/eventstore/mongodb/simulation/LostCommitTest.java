package menara.eventstore.mongodb.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.commitlog.CommitLog;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.commitlog.Seen;
import menara.eventstore.mongodb.database.Deadline;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonString;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.junit.jupiter.api.Test;

/** What a process is told of a log that went back, by a primary that was just elected and does not show everything yet. */
class LostCommitTest {

    private static final String LOG = "log";

    private final Random random = new Random(1);
    private final Scheduler scheduler = new Scheduler(random);
    private final ReplicaSet servers = new ReplicaSet(scheduler);
    private final SimulatedProcess process = new SimulatedProcess("p", scheduler, Duration.ZERO);
    private final Connection connection =
            new Connection(process, scheduler, servers, Faults.drawn(random), new History(scheduler, false));

    private CommitLog<KeyDocument> log() {
        connection.heal();
        var database = SimulatedDatabase.of(connection, servers);
        MongoCollection<KeyDocument> commits = database.getCollection(LOG, KeyDocument.class)
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(KeyDocument.CODEC), database.getCodecRegistry()));
        return new CommitLog<>(LOG, commits, process);
    }

    private KeyDocument written(int n, UUID before) {
        var commit = new KeyDocument("0|" + n, new UUID(random.nextLong(), random.nextLong()), before, List.of());
        var document = new BsonDocument();
        KeyDocument.CODEC.encode(
                new BsonDocumentWriter(document),
                commit,
                EncoderContext.builder().build());
        servers.write(LOG, new BsonString(commit.place()), document);
        return commit;
    }

    @Test
    void the_commit_that_is_gone_is_named_and_none_that_is_only_not_shown_yet() {
        var log = log();
        var last = Committed.NO_COMMIT;
        for (int n = 0; n < 3; n++) {
            var commit = written(n, last);
            last = commit.id();
            log.took(new Seen(commit.place(), commit.id()));
        }
        servers.settle(servers.term());
        servers.goBack(2);
        servers.loseElectedPrimary();
        servers.elect(2, 1); // the last one is gone, and of the two others the new primary shows one
        int term = servers.term();
        scheduler.at(1_000 * Home.MILLISECOND, () -> servers.settle(term));

        var told = new ArrayList<String>();
        process.run(() -> {
            try {
                log.verify(Deadline.NONE);
                told.add("nothing is gone");
            } catch (LogWentBack e) {
                told.add(e.getMessage());
            }
        });
        assertThat(scheduler.runUntil(() -> !told.isEmpty())).isTrue();

        assertThat(told).singleElement().asString().contains(last.toString(), "position 0|2,");
    }
}
