package menara.eventstore.mongodb;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Stands between driver and server, understands where a message of the wire protocol begins and ends, and loses some of them. */
public final class FaultyProxy implements AutoCloseable {

    /** What happens to a command. */
    public enum Fault {
        /** The server never gets it. */
        LOST_BEFORE,
        /** The server stores it; the driver hears nothing but the end of the connection. */
        REPLY_LOST,
        /** As {@link #REPLY_LOST}, and nobody gets a connection for a while. */
        REPLY_LOST_AND_SILENCE,
        /** The server gets it twice, and the driver hears nothing but the end of the connection. */
        TWICE,
        /** It takes its time, and what comes after it on the connection waits. */
        DELAYED,
        /** Nobody gets it, nobody answers, and the connection stays open: a black hole. */
        SWALLOWED,
        /** The server never gets it, and the driver hears that its user may not do this. */
        REFUSED
    }

    /** Chooses a fault, or none. */
    @FunctionalInterface
    public interface Faults {
        /** @param command what the driver asks for, {@code insert}, {@code find}, {@code hello} */
        @Nullable
        Fault next(String command);

        /** @param collection what the command is about; empty if it is about none */
        default @Nullable Fault next(String command, String collection) {
            return next(command);
        }
    }

    /** Chooses faults for inserts and lets all else pass. */
    public static Faults ofInserts(Supplier<@Nullable Fault> faults) {
        return command -> command.equals("insert") ? faults.get() : null;
    }

    /** Chooses faults for inserts into one collection and lets all else pass. */
    public static Faults ofInserts(String into, Supplier<@Nullable Fault> faults) {
        return new Faults() {
            @Override
            public @Nullable Fault next(String command) {
                return null;
            }

            @Override
            public @Nullable Fault next(String command, String collection) {
                return command.equals("insert") && collection.equals(into) ? faults.get() : null;
            }
        };
    }

    /** The first element of a command's document is its name; before it are header, flags, section kind, length and type. */
    private static final int COMMAND_AT = 16 + 4 + 1 + 4 + 1;

    private static final int HEADER_BYTES = 16;

    /** Many times what a message takes, and few enough for a test to have many of them. */
    private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private static final byte STRING_TYPE = 2;
    private static final int OPCODE_AT = 12;
    private static final int UNAUTHORIZED = 13;
    private static final int OP_MSG = 2013;

    private final int serverPort;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusing = new AtomicInteger();
    public final AtomicInteger faults = new AtomicInteger();
    private volatile Faults chosen = _ -> null;

    public FaultyProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public void inject(Faults injected) {
        chosen = injected;
    }

    public String connectionString() {
        return "mongodb://127.0.0.1:" + listening.getLocalPort()
                + "/?serverSelectionTimeoutMS=3000&connectTimeoutMS=1000&heartbeatFrequencyMS=500&retryWrites=false";
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                if (refusing.get() > 0) {
                    refusing.decrementAndGet();
                    client.close();
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                var connection = new Connection(client, server);
                threads.submit(connection::requests);
                threads.submit(connection::replies);
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private final AtomicInteger repliesToLose = new AtomicInteger();

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            try {
                pass(client, server, this::times);
            } catch (IOException e) {
                end();
            }
        }

        void replies() {
            try {
                pass(server, client, _ -> reply());
            } catch (IOException e) {
                end();
            }
        }

        /** How often a request is passed on. */
        private int times(byte[] message) {
            var fault = chosen.next(command(message), collection(message));
            if (fault == null) {
                return 1;
            }
            faults.incrementAndGet();
            return switch (fault) {
                case SWALLOWED -> 0;
                case REFUSED -> {
                    refuse(message);
                    yield 0;
                }
                case LOST_BEFORE -> {
                    end();
                    yield 0;
                }
                case REPLY_LOST -> lost(1);
                case REPLY_LOST_AND_SILENCE -> {
                    refusing.set(5);
                    yield lost(1);
                }
                case TWICE -> lost(2);
                case DELAYED -> {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_DELAY_NANOS));
                    yield 1;
                }
            };
        }

        private int lost(int replies) {
            repliesToLose.set(replies);
            return replies;
        }

        private void refuse(byte[] message) {
            var body = new BsonDocument("ok", new BsonDouble(0))
                    .append("errmsg", new BsonString("not authorized"))
                    .append("code", new BsonInt32(UNAUTHORIZED))
                    .append("codeName", new BsonString("Unauthorized"));
            var document = new BasicOutputBuffer();
            new BsonDocumentCodec()
                    .encode(
                            new BsonBinaryWriter(document),
                            body,
                            EncoderContext.builder().build());
            int length = HEADER_BYTES + Integer.BYTES + 1 + document.getSize();
            var reply = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            int request =
                    ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES);
            reply.putInt(length)
                    .putInt(0)
                    .putInt(request)
                    .putInt(OP_MSG)
                    .putInt(0)
                    .put((byte) 0);
            reply.put(document.toByteArray());
            try {
                client.getOutputStream().write(reply.array());
            } catch (IOException e) {
                end();
            }
        }

        private int reply() {
            int left = repliesToLose.get();
            if (left == 0) {
                return 1;
            }
            if (repliesToLose.decrementAndGet() == 0) {
                end();
            }
            return 0;
        }

        private void end() {
            close(client);
            close(server);
        }
    }

    private static void pass(Socket from, Socket to, ToIntFunction<byte[]> times) throws IOException {
        var in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        while (true) {
            var length = new byte[4];
            in.readFully(length);
            var message = new byte
                    [ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt()];
            System.arraycopy(length, 0, message, 0, 4);
            in.readFully(message, 4, message.length - 4);
            for (int left = times.applyAsInt(message); left > 0; left--) {
                out.write(message);
                out.flush();
            }
        }
    }

    /** A command about a collection has its name for a value. */
    private static String collection(byte[] message) {
        var command = command(message);
        if (command.isEmpty() || message[COMMAND_AT - 1] != STRING_TYPE) {
            return "";
        }
        int at = COMMAND_AT + command.length() + 1;
        int bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(at) - 1;
        return new String(message, at + Integer.BYTES, bytes, StandardCharsets.UTF_8);
    }

    /** An old driver's greeting is of another form, and has no name here. */
    private static String command(byte[] message) {
        var header = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(OPCODE_AT) != OP_MSG) {
            return "";
        }
        int end = COMMAND_AT;
        while (message[end] != 0) {
            end++;
        }
        return new String(message, COMMAND_AT, end - COMMAND_AT, StandardCharsets.UTF_8);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(this::close);
        threads.shutdownNow();
    }
}
