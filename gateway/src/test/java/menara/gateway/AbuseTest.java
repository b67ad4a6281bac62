package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Loads that one client can make, against the gateway as it runs: after and during each of them it answers other parties, and it is still
 * the same process, with the heap it was given. {@code -Dmenara.abuse.connections}, {@code .uploads}, {@code .megabytes}, {@code
 * .requests}, {@code .sign-ins} make them larger.
 */
class AbuseTest {

    private static final int CONNECTIONS = Integer.getInteger("menara.abuse.connections", 600);
    private static final int UPLOADS = Integer.getInteger("menara.abuse.uploads", 120);
    private static final int MEGABYTES = Integer.getInteger("menara.abuse.megabytes", 8);
    private static final int REQUESTS = Integer.getInteger("menara.abuse.requests", 300);
    private static final int SIGN_INS = Integer.getInteger("menara.abuse.sign-ins", 1_000);
    private static final long LOG_BYTES = 2_000_000;
    private static final int TIMEOUT_MILLIS = 30_000;

    private static final TestIssuer ISSUER = new TestIssuer();
    private static final WireMockServer SERVICE = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .containerThreads(300)
            .disableRequestJournal());
    private static final GatewayProcess GATEWAY = gateway();

    private final List<Socket> open = new ArrayList<>();

    private static GatewayProcess gateway() {
        SERVICE.start();
        SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));
        SERVICE.stubFor(any(urlPathEqualTo("/api/capacity/forecast"))
                .willReturn(aResponse().withFixedDelay(2_000).withBody("{}")));
        SERVICE.stubFor(any(urlPathEqualTo("/api/capacity/refused"))
                .willReturn(aResponse().withStatus(503)));
        return new GatewayProcess(Map.of(
                "menara.security.issuer", ISSUER.issuer(),
                "menara.gateway.operations-uri", SERVICE.baseUrl(),
                "menara.gateway.capacity-uri", SERVICE.baseUrl(),
                "menara.gateway.billing-uri", SERVICE.baseUrl(),
                "menara.gateway.investment-uri", SERVICE.baseUrl()));
    }

    @AfterAll
    static void the_gateway_ends() throws IOException {
        GATEWAY.close();
        SERVICE.stop();
    }

    @AfterEach
    void connections_are_closed() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        othersAreAnswered();
        assertThat(GATEWAY.logBytes()).isLessThan(LOG_BYTES);
    }

    @Test
    void connections_with_unfinished_headers() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin("GET /api/me HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(7_000));
        }
        othersAreAnswered();
    }

    @Test
    void connections_that_say_nothing_and_connections_kept_alive() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        othersAreAnswered();
    }

    @Test
    void bodies_of_strangers() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin("POST /api/billing/usage HTTP/1.1\r\nHost: x\r\nContent-Length: 16000000\r\n\r\n"
                    + " ".repeat(20_000));
        }
        othersAreAnswered();
    }

    @Test
    void large_bodies_of_many_parties_that_do_not_end() throws IOException {
        for (int i = 0; i < UPLOADS; i++) {
            upload(ISSUER.token("m", "org-" + i), "/api/billing/usage", MEGABYTES * 1_000_000);
        }
        othersAreAnswered();
    }

    @Test
    void slow_uploads_of_one_party() throws IOException {
        String token = ISSUER.token("m", "org-slow");
        for (int i = 0; i < UPLOADS; i++) {
            upload(token, "/api/capacity/reservations", 1);
        }
        othersAreAnswered();
    }

    @Test
    void large_chunked_bodies_to_paths_that_do_not_exist() throws IOException {
        String token = ISSUER.token("m", "org-nowhere");
        for (int i = 0; i < UPLOADS; i++) {
            begin("POST /api/nothing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + " ".repeat(0x100000) + "\r\n");
        }
        othersAreAnswered();
    }

    @Test
    void heavy_and_failing_questions_of_one_party() throws Exception {
        String token = ISSUER.token("m", "org-heavy");
        try (ExecutorService parallel = Executors.newFixedThreadPool(64)) {
            for (int i = 0; i < REQUESTS; i++) {
                String path = i % 2 == 0 ? "/api/capacity/forecast" : "/api/capacity/refused";
                parallel.submit(() -> get(path, token));
            }
            othersAreAnswered();
        }
    }

    @Test
    void strangers_who_start_to_sign_in() throws Exception {
        try (ExecutorService strangers = Executors.newFixedThreadPool(32)) {
            List<Future<String>> answers = IntStream.range(0, SIGN_INS)
                    .mapToObj(_ -> strangers.submit(() -> RawHttp.exchange(
                            GATEWAY.port,
                            "GET /oauth2/authorization/keycloak HTTP/1.1",
                            "Host: x",
                            "Connection: close")))
                    .toList();
            othersAreAnswered();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).matches("(?s)HTTP/1.1 (302|429) .*").doesNotContain("MENARA_SESSION");
            }
        }
        othersAreAnswered();
    }

    /** Each in good time, whatever goes on meanwhile. */
    private static void othersAreAnswered() throws IOException {
        for (int i = 0; i < 10; i++) {
            long started = System.nanoTime();
            String answer = get(
                    "/api/capacity/racks",
                    ISSUER.token("other", UUID.randomUUID().toString()));
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
                    .isLessThan(5_000);
        }
        assertThat(GATEWAY.isAlive()).isTrue();
    }

    private static String get(String path, String token) throws IOException {
        return RawHttp.exchange(
                GATEWAY.port,
                "GET " + path + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + token,
                "Connection: close");
    }

    /** Sends all but the last byte. */
    private void upload(String token, String path, int bytes) throws IOException {
        begin("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + (bytes + 1) + "\r\n\r\n"
                + " ".repeat(bytes));
    }

    private void begin(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        open.add(socket);
        try {
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            // The gateway has had enough of it, as it may.
        }
    }
}
