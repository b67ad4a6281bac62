package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitTest extends GatewayTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int LIMIT = 64 * 1024;
    private static final String PHASES = "/api/capacity/phases";
    private static final String USAGE = "/api/billing/usage";

    @Test
    void a_body_of_exactly_the_limit_passes_chunked_or_not() {
        String token = ISSUER.token("machine", "org-exact");
        assertThat(send(with(token, PHASES).POST(sized(LIMIT))).statusCode()).isEqualTo(200);
        assertThat(send(with(token, PHASES).POST(chunked(LIMIT))).statusCode()).isEqualTo(200);
        assertThat(CAPACITY.findAll(postRequestedFor(anyUrl())))
                .hasSize(2)
                .allMatch(arrived -> arrived.getBody().length == LIMIT);
    }

    @Test
    void a_body_that_says_it_is_larger_is_refused_before_it_is_read() {
        String token = ISSUER.token("machine", "org-sized");
        assertThat(problem(send(with(token, PHASES).POST(sized(LIMIT + 1))))).isEqualTo("413 too-large");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_chunked_body_is_counted_while_it_streams() throws IOException {
        String answer = pour(ISSUER.token("machine", "org-chunked"), 2 * MEGABYTE);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:menara:problem:too-large", "65536");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void routes_that_take_lists_of_racks_have_larger_limits_and_no_other() {
        String token = ISSUER.token("machine", "org-lists");
        assertThat(send(with(token, "/api/capacity/site").POST(chunked(2 * MEGABYTE)))
                        .statusCode())
                .isEqualTo(200);
        for (String path : List.of("/api/capacity/sites", "/api/capacity/offers", "/api/investment/partners")) {
            assertThat(problem(send(with(token, path).POST(sized(LIMIT + 1))))).isEqualTo("413 too-large");
        }
    }

    @Test
    void a_service_gets_a_chunked_body_with_its_length() {
        String token = ISSUER.token("machine", "org-length");
        send(with(token, PHASES).POST(chunked(1000)));
        assertThat(CAPACITY.findAll(postRequestedFor(anyUrl())).getFirst().getHeader("Content-Length"))
                .isEqualTo("1000");
    }

    @Test
    void a_client_that_sends_too_much_and_listens_late_still_reads_why_it_was_refused() throws IOException {
        String token = ISSUER.token("machine", "org-late");
        for (int round = 0; round < 10; round++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(15_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + PHASES + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + 4 * MEGABYTE + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[4 * MEGABYTE]);
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 413")
                        .contains("urn:menara:problem:too-large", "Connection: close");
            }
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_to_go_on_only_if_the_body_is_wanted() throws IOException {
        assertThat(asking("X-Nobody: x")).startsWith("HTTP/1.1 401");
        assertThat(asking("Authorization: Bearer " + ISSUER.token("machine", "org-expect")))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void usage_has_a_larger_limit_of_its_own() {
        String token = ISSUER.token("meter", "org-usage");
        assertThat(send(with(token, USAGE).POST(chunked(2 * MEGABYTE))).statusCode())
                .isEqualTo(200);
        assertThat(problem(send(with(token, USAGE).POST(sized(2 * MEGABYTE + 1)))))
                .isEqualTo("413 too-large");
    }

    @Test
    void a_large_body_without_a_token_is_not_even_looked_at() {
        assertThat(problem(send(java.net.http.HttpRequest.newBuilder(at(PHASES)).POST(sized(LIMIT + 1)))))
                .isEqualTo("401 not-signed-in");
    }

    @Test
    void clients_that_break_the_limit_do_not_open_the_breaker() throws IOException {
        for (int i = 0; i < 6; i++) {
            pour(ISSUER.token("machine", "org-breaker-" + i), 2 * MEGABYTE);
        }
        CircuitBreaker breaker = breakers.circuitBreaker("capacity");
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void an_upload_that_does_not_end_is_given_up_without_blaming_the_service() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var dripping = Executors.newSingleThreadScheduledExecutor()) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(ISSUER.token("machine", "org-slow")));
            // A byte now and then keeps the connection's own time limit away.
            dripping.scheduleAtFixedRate(() -> drip(out), 0, 200, TimeUnit.MILLISECONDS);
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 408".length());
            dripping.shutdownNow();
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
        assertThat(breakers.circuitBreaker("capacity").getMetrics().getNumberOfFailedCalls())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n", "Content-Length: 9\r\n\r\n[1,2,"})
    void a_body_that_breaks_off_never_becomes_a_whole_request(String cut) throws IOException {
        String head = "POST " + PHASES + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + ISSUER.token("machine", "org-" + UUID.randomUUID()) + "\r\nContent-Type: application/json\r\n";
        // Whether the service sees an end is a race between two closings, so it is run more than once.
        for (int round = 0; round < 15; round++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(15_000);
                socket.getOutputStream().write((head + cut).getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                // The gateway has come to a decision when it answers or closes.
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).doesNotStartWith("HTTP/1.1 2");
            }
        }
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .untilAsserted(() -> CAPACITY.verify(0, postRequestedFor(anyUrl())));
        assertThat(breakers.circuitBreaker("capacity").getMetrics().getNumberOfFailedCalls())
                .isZero();
    }

    private String asking(String who) throws IOException {
        return RawHttp.exchange(
                port,
                "POST /api/nothing HTTP/1.1",
                "Host: x",
                "Expect: 100-continue",
                "Content-Length: 1000",
                "Content-Type: application/json",
                who);
    }

    private static void drip(OutputStream out) {
        try {
            out.write("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException over) {
            throw new UncheckedIOException(over);
        }
    }

    private static byte[] head(String token) {
        return ("POST " + PHASES + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a chunked body until the gateway has had enough, and returns what it said. */
    private String pour(String token, int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(token));
            byte[] chunk = ("1000\r\n" + " ".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < bytes; sent += 0x1000) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static BodyPublisher sized(int bytes) {
        return BodyPublishers.ofByteArray(new byte[bytes]);
    }

    private static BodyPublisher chunked(int bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }
}
