package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One party has a share of everything; the others have the rest. */
class PartyShareTest extends GatewayTest {

    private static final int IN_FLIGHT = 8;
    private static final String SLOW = "/api/capacity/racks";

    @Autowired
    private MeterRegistry meters;

    @Test
    void a_party_has_so_many_requests_at_once_and_others_are_served_meanwhile() throws Exception {
        CAPACITY.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(1200)));
        String greedy = ISSUER.token("greedy", UUID.randomUUID().toString());
        List<HttpResponse<String>> answers = atOnce(18, () -> send(with(greedy, SLOW)));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSizeBetween(1, IN_FLIGHT);
        assertThat(refused(answers)).isNotEmpty().allSatisfy(answer -> {
            assertThat(problem(answer)).isEqualTo("429 too-many-at-once");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        // Given back when the work is done.
        assertThat(send(with(greedy, SLOW)).statusCode()).isEqualTo(200);
    }

    @Test
    void heavy_questions_of_one_party_take_turns_and_those_that_would_wait_long_are_told() throws Exception {
        BILLING.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(600)));
        String greedy = ISSUER.token("greedy", UUID.randomUUID().toString());
        List<HttpResponse<String>> answers = atOnce(2, () -> send(with(greedy, "/api/billing/projections/accrued")));
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 429);
        String other = ISSUER.token("other", UUID.randomUUID().toString());
        assertThat(send(with(other, "/api/billing/projections/accrued")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_heavy_question_counts_for_ten_of_the_allowance() {
        String token = ISSUER.token("greedy", UUID.randomUUID().toString());
        assertThat(Stream.generate(() -> send(with(token, "/api/capacity/forecast?asOf=2026-11-01")))
                        .limit(3)
                        .map(HttpResponse::statusCode))
                .containsExactly(200, 200, 429);
    }

    @Test
    void slow_uploads_of_one_party_end_at_its_share() throws Exception {
        String token = ISSUER.token("greedy", UUID.randomUUID().toString());
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < IN_FLIGHT; i++) {
                slow.add(upload(token, "Content-Length: 100\r\n\r\n{"));
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(problem(send(with(token, "/api/capacity/phases"))))
                            .isEqualTo("429 too-many-at-once"));
            assertThat(send(with(ISSUER.token("o", UUID.randomUUID().toString()), "/api/capacity/phases"))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                send(with(token, "/api/capacity/phases")).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void bodies_of_a_party_end_at_its_memory_and_those_of_all_at_the_gateways() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            String first = ISSUER.token("m", UUID.randomUUID().toString());
            slow.add(upload(first, large()));
            arrived(1);
            assertAnswer(upload(first, large()), "HTTP/1.1 429", "too-many-bodies");
            slow.add(upload(ISSUER.token("m", UUID.randomUUID().toString()), large()));
            arrived(2);
            Socket third = upload(ISSUER.token("m", UUID.randomUUID().toString()), large());
            assertAnswer(third, "HTTP/1.1 503", "urn:menara:problem:busy");
            // A small one still has room.
            assertThat(send(with(ISSUER.token("o", UUID.randomUUID().toString()), "/api/capacity/phases")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private void arrived(int bodies) {
        Awaitility.await()
                .until(() -> meters.get("menara.gateway.bodies.bytes").gauge().value() > bodies * 1_900_000.0);
    }

    private static void assertAnswer(Socket socket, String... parts) throws IOException {
        try (socket) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(parts)
                    .contains("Retry-After: 1");
        }
    }

    /** All but the end of 1.9 MB. */
    private static String large() {
        return "Content-Length: 2000000\r\n\r\n" + " ".repeat(1_900_000);
    }

    private Socket upload(String token, String rest) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        socket.getOutputStream()
                .write(("POST /api/billing/usage HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                + "\r\nContent-Type: application/json\r\n" + rest)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static List<HttpResponse<String>> refused(List<HttpResponse<String>> answers) {
        return answers.stream().filter(answer -> answer.statusCode() != 200).toList();
    }

    private static List<HttpResponse<String>> atOnce(int times, Callable<HttpResponse<String>> request)
            throws Exception {
        try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> all =
                    Stream.generate(() -> parallel.submit(request)).limit(times).toList();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> one : all) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
