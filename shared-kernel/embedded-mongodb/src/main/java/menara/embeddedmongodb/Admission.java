package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Lets through only the commands that the user of a connection may run. It stands between the wire codec and the handlers that run
 * commands, and judges the decoded command, so that no handler behind it can read it differently.
 */
final class Admission extends ChannelDuplexHandler {

    private static final String MECHANISM = "SCRAM-SHA-256";

    /** Commands by which a driver identifies the server before it authenticates. */
    private static final Set<String> OF_EVERYBODY = Set.of("hello", "ismaster");

    private enum Refusal {
        UNAUTHORIZED(13, "Unauthorized"),
        AUTHENTICATION_FAILED(18, "AuthenticationFailed"),
        CURSOR_NOT_FOUND(43, "CursorNotFound");

        /** MongoDB's error codes, which drivers rely on. */
        private final int code;

        private final String title;

        Refusal(int code, String title) {
            this.code = code;
            this.title = title;
        }

        Document because(String message) {
            return new Document("ok", 0)
                    .append("errmsg", message)
                    .append("code", code)
                    .append("codeName", title);
        }
    }

    private sealed interface Peer {
        record Stranger() implements Peer {}

        record Claiming(ScramConversation conversation) implements Peer {}

        record Known(User user) implements Peer {}
    }

    private final Users users;
    private final Cursors cursors;
    private Peer peer = new Peer.Stranger(); // event loop only

    Admission(Users users, Cursors cursors) {
        this.users = users;
        this.cursors = cursors;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case MongoQuery query when isGreeting(query) -> context.fireChannelRead(query);
            case MongoMessage command -> judge(context, command);
            case MongoQuery query ->
                context.writeAndFlush(
                        new MongoReply(replyTo(query), Refusal.UNAUTHORIZED.because("say it in a message of today")));
            default -> context.close();
        }
    }

    /** Drivers still send their first command in the old form. */
    private static boolean isGreeting(MongoQuery query) {
        return query.getCollectionName().equals("$cmd") && OF_EVERYBODY.contains(Permissions.name(query.getQuery()));
    }

    private void judge(ChannelHandlerContext context, MongoMessage command) {
        answer(command)
                .ifPresentOrElse(
                        answer -> context.writeAndFlush(new MongoMessage(context.channel(), replyTo(command), answer)),
                        () -> context.fireChannelRead(command));
    }

    /** The reply to a command that is answered here; empty for one that may pass. */
    private Optional<Document> answer(MongoMessage message) {
        var command = message.getDocument();
        var name = Permissions.name(command);
        if (OF_EVERYBODY.contains(name)) {
            return Optional.empty();
        }
        return switch (peer) {
            case Peer.Stranger _ when name.equals("saslstart") -> Optional.of(begin(command));
            case Peer.Claiming(var conversation)
            when name.equals("saslcontinue") -> Optional.of(finish(conversation, command));
            case Peer.Stranger _, Peer.Claiming _ ->
                Optional.of(Refusal.UNAUTHORIZED.because("command " + name + " requires authentication"));
            case Peer.Known(var user) -> refusal(user, message);
        };
    }

    private Document begin(Document command) {
        var conversation = MECHANISM.equals(command.get("mechanism"))
                ? payload(command).flatMap(first -> ScramConversation.begin(first, users))
                : Optional.<ScramConversation>empty();
        if (conversation.isEmpty()) {
            return Refusal.AUTHENTICATION_FAILED.because("only " + MECHANISM + " is spoken here");
        }
        peer = new Peer.Claiming(conversation.get());
        return step(conversation.get().serverFirst(), false);
    }

    private Document finish(ScramConversation conversation, Document command) {
        var last = payload(command).flatMap(conversation::finish);
        var user = users.named(conversation.name());
        if (last.isEmpty() || user.isEmpty()) {
            peer = new Peer.Stranger();
            return Refusal.AUTHENTICATION_FAILED.because("Authentication failed.");
        }
        peer = new Peer.Known(user.get());
        return step(last.get(), true);
    }

    private Optional<Document> refusal(User user, MongoMessage message) {
        var command = message.getDocument();
        if (!Permissions.allow(user, message.getDatabaseName(), command)) {
            return Optional.of(Refusal.UNAUTHORIZED.because("not authorized on " + message.getDatabaseName()
                    + " to execute command " + Permissions.name(command)));
        }
        return cursors.allowed(command, user)
                ? Optional.empty()
                : Optional.of(Refusal.CURSOR_NOT_FOUND.because("there is no such cursor of yours"));
    }

    @Override
    public void write(ChannelHandlerContext context, Object reply, ChannelPromise promise) {
        if (peer instanceof Peer.Known(var user) && reply instanceof MongoMessage message) {
            cursors.opened(message.getDocument(), user);
        }
        context.write(reply, promise);
    }

    private static Optional<String> payload(Document command) {
        return command.get("payload") instanceof BinData bytes
                ? Optional.of(new String(bytes.getData(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Document step(String payload, boolean done) {
        return new Document("conversationId", 1)
                .append("done", done)
                .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8)))
                .append("ok", 1);
    }

    private static MessageHeader replyTo(ClientRequest request) {
        return new MessageHeader(0, request.getHeader().getRequestID());
    }
}
