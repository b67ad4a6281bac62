package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Sockets are cheap for whoever opens them: there is always one left for somebody who asks something. */
@TestPropertySource(properties = {"server.tomcat.max-connections=128", "server.tomcat.connection-timeout=3s"})
class ConnectionsTest extends GatewayTest {

    private static final int MANY = 200;

    @Test
    void unfinished_headers_make_way_for_finished_ones() throws Exception {
        withMany("GET /api/me HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(6000), this::othersAreAnswered);
    }

    @Test
    void silent_connections_make_way() throws Exception {
        withMany("", this::othersAreAnswered);
    }

    @Test
    void connections_kept_alive_for_nothing_make_way() throws Exception {
        withMany("GET / HTTP/1.1\r\nHost: x\r\n\r\n", this::othersAreAnswered);
    }

    @Test
    void bodies_that_were_refused_unread_do_not_keep_connections() throws Exception {
        withMany("POST /api/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx", this::othersAreAnswered);
    }

    @Test
    void a_header_that_comes_a_byte_at_a_time_is_given_up() throws Exception {
        try (Socket socket = open("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
                var dripping = Executors.newSingleThreadScheduledExecutor()) {
            OutputStream out = socket.getOutputStream();
            long started = System.nanoTime();
            dripping.scheduleAtFixedRate(() -> drip(out), 0, 100, TimeUnit.MILLISECONDS);
            try {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            } catch (IOException reset) {
                assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
            }
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started))
                    .isLessThan(8);
        }
    }

    private void othersAreAnswered() throws IOException {
        for (int i = 0; i < 10; i++) {
            String token = ISSUER.token("other", UUID.randomUUID().toString());
            assertThat(RawHttp.exchange(
                            port,
                            "GET /api/capacity/racks HTTP/1.1",
                            "Host: x",
                            "Authorization: Bearer " + token,
                            "Connection: close"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private interface Check {
        void run() throws IOException;
    }

    private void withMany(String sent, Check check) throws IOException {
        List<Socket> many = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                many.add(open(sent));
            }
            check.run();
        } finally {
            for (Socket socket : many) {
                socket.close();
            }
        }
    }

    private Socket open(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        try {
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refusedAlready) {
            // Which is one way of making room.
        }
        return socket;
    }

    private static void drip(OutputStream out) {
        try {
            out.write('a');
        } catch (IOException over) {
            throw new UncheckedIOException(over);
        }
    }
}
