package menara.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partners on real sockets that answer as badly as partners do. */
class PartnerHttpTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration MUCH_LONGER = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 1_000;

    private final PartnerHttp http = new PartnerHttp(LIMIT, MAX_BYTES);
    private final ServerSocket server;
    private final AtomicInteger asked = new AtomicInteger();

    PartnerHttpTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** What a partner writes when it was asked. */
    private interface Partner {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private URI partner(Partner partner) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket, partner));
                } catch (IOException _) {
                    return; // the test is over
                }
            }
        });
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/rates");
    }

    private void serve(Socket socket, Partner partner) {
        try (socket) {
            socket.getInputStream().read();
            asked.incrementAndGet();
            partner.answer(socket.getOutputStream());
            socket.getInputStream().readAllBytes(); // until the client closes
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    @Test
    void a_whole_answer_is_its_body() throws IOException {
        var address =
                partner(out -> write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nrates"));

        var http = new PartnerHttp(MUCH_LONGER, MAX_BYTES);
        assertThat(http.get(address, Map.of("Accept", "text/plain")))
                .asString(UTF_8)
                .isEqualTo("rates");
        assertThat(http.post(address, Map.of(), "ask".getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo("rates");
    }

    @Test
    void a_partner_that_says_nothing_costs_no_more_than_the_limit() {
        assertGivenUpInTime(partner(_ -> {}));
    }

    @Test
    void a_partner_that_dribbles_its_body_costs_no_more_than_the_limit() {
        assertGivenUpInTime(partner(out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
            for (int i = 0; i < 900; i++) {
                write(out, "r");
                Thread.sleep(100);
            }
        }));
    }

    private void assertGivenUpInTime(URI address) {
        long begun = System.nanoTime();

        assertThatThrownBy(() -> http.get(address, Map.of())).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT.dividedBy(2), MUCH_LONGER);
    }

    @Test
    void an_answer_without_end_is_read_no_further_than_expected() {
        var address = partner(out -> {
            write(out, "HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 1_000; i++) {
                write(out, "r".repeat(MAX_BYTES));
            }
        });

        assertThatThrownBy(() -> http.get(address, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 1,000 bytes");
    }

    @Test
    void another_status_is_no_answer_and_another_address_is_not_asked() {
        var address = partner(
                out -> write(out, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));

        assertThatThrownBy(() -> http.get(address, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("302");
        assertThat(asked).hasValue(1);
    }
}
