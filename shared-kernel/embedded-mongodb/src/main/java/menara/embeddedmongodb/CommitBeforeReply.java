package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Holds back the reply to a command that may write until the store is committed, and the reply to a read until all it may have read is
 * committed, so that no client relies on data that a crash would undo. It stands between the wire codec and the database handler, which
 * runs a command and writes its reply within one call.
 */
final class CommitBeforeReply extends ChannelDuplexHandler {

    /** Commands that change nothing; every other command counts as a write. {@code aggregate} depends on its last stage. */
    private static final Set<String> READS = Set.of(
            "find",
            "getmore",
            "count",
            "distinct",
            "killcursors",
            "listcollections",
            "listindexes",
            "listdatabases",
            "hello",
            "ismaster",
            "ping",
            "buildinfo",
            "serverstatus",
            "dbstats",
            "collstats",
            "connectionstatus",
            "hostinfo",
            "getlog",
            "getparameter",
            "getcmdlineopts",
            "endsessions",
            "whatsmyuri",
            "replsetgetstatus",
            "validate",
            "$query");

    private final GroupCommit commits;

    // Event loop only: set while the database handler runs a command.
    private boolean writing;
    private boolean reading;

    CommitBeforeReply(GroupCommit commits) {
        this.commits = commits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!mayWrite(message)) {
            reading = true;
            try {
                context.fireChannelRead(message);
            } finally {
                reading = false;
            }
            return;
        }
        commits.write(() -> {
            writing = true;
            try {
                context.fireChannelRead(message);
            } finally {
                writing = false;
            }
        });
    }

    @Override
    public void write(ChannelHandlerContext context, Object reply, ChannelPromise promise) {
        if (!writing && !(reading && commits.isBehind())) {
            context.write(reply, promise);
            return;
        }
        commits.afterCommit(new GroupCommit.Waiting() {
            @Override
            public void committed() {
                context.writeAndFlush(reply, promise);
            }

            @Override
            public void failed() {
                context.close(); // the lost connection tells the client the truth: the outcome is unknown
            }
        });
    }

    static boolean mayWrite(Object message) {
        return switch (message) {
            case MongoMessage command -> mayWrite(command.getDocument());
            case MongoQuery query -> query.getCollectionName().equals("$cmd") && mayWrite(query.getQuery());
            default -> false;
        };
    }

    private static boolean mayWrite(Document command) {
        String name = command.keySet().iterator().next().toLowerCase(Locale.ROOT);
        if (name.equals("aggregate")) {
            return command.get("pipeline") instanceof List<?> stages
                    && !stages.isEmpty()
                    && stages.getLast() instanceof Document last
                    && (last.containsKey("$out") || last.containsKey("$merge"));
        }
        return !READS.contains(name);
    }
}
