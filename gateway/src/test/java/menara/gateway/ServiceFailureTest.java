package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServiceFailureTest extends GatewayTest {

    private static final int BREAKER_WINDOW = 4;

    /** What usage intake takes here, and a service that does not read has no room for. */
    private static final int UNREAD_BYTES = 2_000_000;

    private static final int SMALL_BUFFER_BYTES = 4_096;

    @Test
    void a_missing_service_is_named_and_served_again_when_it_is_there() {
        INVESTMENT.stop();
        var answer = get("/api/investment/commitments");
        INVESTMENT.start();
        assertThat(problem(answer)).isEqualTo("503 service-unavailable");
        assertThat(json(answer).path("service").asString()).isEqualTo("investment");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).doesNotContain("127.0.0.1", "refused", "Exception");
        assertThat(get("/api/investment/commitments").statusCode()).isEqualTo(200);
    }

    @Test
    void a_slow_service_is_given_up_and_named() {
        operations(aResponse().withFixedDelay(3000));
        var answer = get("/api/operations/racks");
        assertThat(problem(answer)).isEqualTo("504 service-timeout");
        assertThat(json(answer).path("service").asString()).isEqualTo("operations");
    }

    @Test
    void a_request_is_never_sent_twice() {
        operations(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertThat(problem(send(with(fresh(), "/api/operations/incidents").POST(BodyPublishers.ofString("{}")))))
                .isEqualTo("503 service-unavailable");
        OPERATIONS.verify(1, anyRequestedFor(anyUrl()));
        get("/api/operations/incidents");
        OPERATIONS.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void the_breaker_opens_spares_the_service_and_closes_when_it_is_back() {
        operations(aResponse().withStatus(503));
        for (int i = 0; i < BREAKER_WINDOW; i++) {
            get("/api/operations/racks");
        }
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.OPEN);
        var refused = get("/api/operations/racks");
        assertThat(problem(refused)).isEqualTo("503 service-unavailable");
        assertThat(json(refused).path("service").asString()).isEqualTo("operations");
        OPERATIONS.verify(BREAKER_WINDOW, anyRequestedFor(anyUrl()));
        // The others are not touched by it.
        assertThat(get("/api/capacity/phases").statusCode()).isEqualTo(200);

        operations(aResponse().withStatus(200));
        Awaitility.await().until(() -> get("/api/operations/racks").statusCode() == 200);
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void a_services_own_errors_pass_as_they_are_and_do_not_open_the_breaker() {
        operations(aResponse()
                .withStatus(500)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("{\"type\":\"urn:menara:problem:internal-error\",\"status\":500,\"detail\":\"x\"}"));
        for (int i = 0; i < 2 * BREAKER_WINDOW; i++) {
            assertThat(problem(get("/api/operations/racks"))).isEqualTo("500 internal-error");
        }
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void redirects_and_encodings_of_a_service_are_the_clients_business() {
        operations(aResponse().withStatus(303).withHeader("Location", "/api/operations/elsewhere"));
        var answer = get("/api/operations/racks");
        assertThat(answer.statusCode()).isEqualTo(303);
        OPERATIONS.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void answers_that_the_client_has_already_do_not_keep_connections() {
        operations(aResponse().withHeader("ETag", "\"1\"").withBody("x".repeat(100_000)));
        // More than the pool holds, and less than a party's allowance.
        String token = fresh();
        for (int i = 0; i < 15; i++) {
            assertThat(send(with(token, "/api/operations/racks").header("If-None-Match", "\"1\""))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void one_party_whose_questions_are_never_answered_does_not_take_the_service_from_others() throws Exception {
        OPERATIONS.stubFor(any(urlEqualTo("/api/operations/endless"))
                .willReturn(aResponse().withFixedDelay(3000)));
        OPERATIONS.stubFor(any(urlEqualTo("/api/operations/refused"))
                .willReturn(aResponse().withStatus(503)));
        String greedy = fresh();
        try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 7; i++) {
                parallel.submit(() -> send(with(greedy, "/api/operations/endless")));
            }
        }
        for (int i = 0; i < 2 * BREAKER_WINDOW; i++) {
            send(with(greedy, "/api/operations/refused"));
        }
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(get("/api/operations/racks").statusCode()).isEqualTo(200);
    }

    @Test
    void a_slow_probe_of_one_party_leaves_none_for_itself_and_ends_for_others() throws Exception {
        OPERATIONS.stubFor(any(urlEqualTo("/api/operations/endless"))
                .willReturn(aResponse().withFixedDelay(3000)));
        String greedy = fresh();
        send(with(greedy, "/api/operations/endless"));
        breakers.circuitBreaker("operations").transitionToOpenState();
        breakers.circuitBreaker("operations").transitionToHalfOpenState();
        // What it has been believed for once does not count again: the probe is given back.
        send(with(greedy, "/api/operations/endless"));
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(get("/api/operations/racks").statusCode()).isEqualTo(200);
        assertThat(state("operations")).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void a_service_that_takes_connections_and_never_reads_a_body_is_given_up_and_the_others_are_served()
            throws Exception {
        int place = BILLING.port();
        BILLING.stop();
        try (var service = new ServerSocket()) {
            service.setReceiveBufferSize(SMALL_BUFFER_BYTES);
            service.setReuseAddress(true);
            service.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), place));
            var answer = send(with(fresh(), "/api/billing/usage")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofByteArray(new byte[UNREAD_BYTES])));
            assertThat(problem(answer)).isEqualTo("504 service-timeout");
            assertThat(json(answer).path("service").asString()).isEqualTo("billing");
            assertThat(state("billing")).as("after one call that failed").isEqualTo(CircuitBreaker.State.CLOSED);
            assertThat(get("/api/capacity/phases").statusCode()).isEqualTo(200);
        } finally {
            BILLING.start();
        }
        assertThat(get("/api/billing/contracts").statusCode()).isEqualTo(200);
    }

    @Test
    void uploads_that_do_not_end_keep_no_probe_and_no_connection() throws Exception {
        breakers.circuitBreaker("operations").transitionToOpenState();
        breakers.circuitBreaker("operations").transitionToHalfOpenState();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 24; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/operations/incidents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + fresh()
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(get("/api/operations/racks").statusCode()).isEqualTo(200);
            assertThat(state("operations")).isEqualTo(CircuitBreaker.State.CLOSED);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        OPERATIONS.verify(1, anyRequestedFor(anyUrl()));
    }

    private static void operations(ResponseDefinitionBuilder answer) {
        OPERATIONS.stubFor(any(anyUrl()).willReturn(answer));
    }

    private HttpResponse<String> get(String path) {
        return send(with(fresh(), path));
    }

    private static String fresh() {
        return ISSUER.token("machine", UUID.randomUUID().toString());
    }

    private CircuitBreaker.State state(String service) {
        return breakers.circuitBreaker(service).getState();
    }
}
