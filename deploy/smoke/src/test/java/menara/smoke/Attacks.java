package menara.smoke;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Loads that one client can make with little effort, each bounded in count and time, against a Menara on this machine. Written to the
 * socket as they stand, because no proper client would send them.
 */
final class Attacks implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int CHUNK = 64 * 1024;
    private static final int MEGABYTE = 1024 * 1024;
    private static final long DRIP_MILLIS = 500;

    private final LocalMenara menara;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    Attacks(LocalMenara menara) {
        this.menara = menara;
    }

    /** A body as it is written, piece by piece, so that the attacker needs no memory of its own. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Body blanks(int bytes) {
        return repeated("", " ".repeat(CHUNK), bytes / CHUNK, "");
    }

    static Body objects(int bytes) {
        return repeated("[", "{},".repeat(CHUNK / 3), bytes / CHUNK, "{}]");
    }

    /** A reservation of racks by name, and of many more of them than there are. */
    static Body names(String begin, int bytes) {
        return repeated(begin, "\"rack-0001\",".repeat(CHUNK / 12), bytes / CHUNK, "\"rack\"]}");
    }

    private static Body repeated(String begin, String piece, int pieces, String end) {
        return out -> {
            out.write(begin.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < pieces; i++) {
                out.write(bytes);
            }
            out.write(end.getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Sends so many at once, in chunks of which nobody knows how many come, and waits for their answers or for being cut off. */
    void chunked(String part, String path, String contentType, String token, int count, Body body) {
        together(count, _ -> {
            try (var socket = connect(part)) {
                send(
                        socket,
                        "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                                + authorization(token) + "Content-Type: " + contentType
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n");
                var out = new ChunkedOutput(socket.getOutputStream());
                body.writeTo(out);
                out.end();
                readToEnd(socket);
            }
        });
    }

    /** Opens so many connections that begin a request and do not end it. They stay until {@link #close}. */
    void unfinishedHeaders(int count) {
        for (int i = 0; i < count; i++) {
            begin("gateway", "GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + "a".repeat(7_000));
        }
    }

    /** Bodies that come a byte at a time, for as long as it takes to be cut off, at most {@code millis}. */
    void slowUploads(String path, String token, int count, long millis) {
        for (int i = 0; i < count; i++) {
            begin(
                    "gateway",
                    "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(token)
                            + "Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{");
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            for (var socket : List.copyOf(open)) {
                try {
                    send(socket, " ");
                } catch (IOException cutOff) {
                    open.remove(socket);
                }
            }
            pause();
        }
    }

    /** So many requests without a body, so many at a time. */
    void gets(String path, String token, int count, int atATime) {
        try (var workers = Executors.newFixedThreadPool(atATime)) {
            for (int i = 0; i < count; i++) {
                workers.submit(() -> {
                    try (var socket = connect("gateway")) {
                        send(
                                socket,
                                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + menara.port("gateway")
                                        + "\r\nConnection: close\r\n" + authorization(token) + "\r\n");
                        readToEnd(socket);
                    }
                    return null;
                });
            }
        }
    }

    static int megabytes(double count) {
        return (int) (count * MEGABYTE);
    }

    private static String authorization(String token) {
        return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    @FunctionalInterface
    private interface One {
        void run(int i) throws IOException;
    }

    private static void together(int count, One one) {
        try (var workers = Executors.newFixedThreadPool(count)) {
            IntStream.range(0, count)
                    .forEach(i -> workers.submit(() -> {
                        one.run(i);
                        return null;
                    }));
        }
    }

    private void begin(String part, String sent) {
        try {
            var socket = connect(part);
            open.add(socket);
            send(socket, sent);
        } catch (IOException cutOff) {
            // It has had enough, as it may.
        }
    }

    private Socket connect(String part) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), menara.port(part));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void readToEnd(Socket socket) throws IOException {
        var in = socket.getInputStream();
        byte[] read = new byte[CHUNK];
        while (in.read(read) >= 0) {
            // what it answers is no matter here
        }
    }

    private static void pause() {
        try {
            Thread.sleep(DRIP_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : List.copyOf(open)) {
            socket.close();
        }
        open.clear();
    }

    /** HTTP/1.1 chunks (RFC 9112 section 7.1). */
    private static final class ChunkedOutput extends OutputStream {

        private final OutputStream out;

        ChunkedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(Arrays.copyOfRange(bytes, from, from + length));
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
