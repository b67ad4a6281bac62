package menara.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import menara.eventstore.spring.DueWork;
import menara.example.ExampleApplication;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;

/** No request of a client is a fault of ours, and none costs more than its route says. */
class RequestMannersTest {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-03-01T00:00:00Z"));
    private static final RunningService SERVICE = new RunningService("example", ExampleApplication.class, CLOCK);
    private static final String ACCOUNTS = "/api/example/accounts";
    private static final String GOOD = "{\"limit\":{\"value\":1,\"unit\":\"MW\"}}";
    private static final String SOME_ACCOUNT = ACCOUNTS + "/00000000-0000-7000-8000-000000000000";

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static String clerk() {
        return SERVICE.tokens().token("clerk", Role.BILLING_CLERK);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, multipart/form-data, 415",
        "Content-Type, multipart/form-data; boundary=x, 415",
        "Content-Type, a, 400",
        "Content-Type, text/plain, 415",
        "Content-Type, application/x-www-form-urlencoded, 415",
        "Content-Type, application/json;charset=nothing, 4xx",
        "Accept, x, 400",
        "Accept, text/csv, 406",
        "Accept, */, 400",
        "Accept-Language, x-----y;q=7, 201",
        "Content-Encoding, br, 201",
        "X-Correlation-Id, %00, 201",
    })
    void a_header_that_makes_no_sense_is_the_clients_mistake(String header, String value, String expected) {
        var answer = SERVICE.post(ACCOUNTS, clerk(), GOOD, header, value);
        if (expected.equals("4xx")) {
            assertThat(answer.status()).as(answer.text()).isBetween(200, 499);
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(Integer.parseInt(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"?x=%zz", "?%C2%96=1", "?%ff=1", "?x=%C0%AF", "?%=1", "?x=%00", "?%zz", "?=1", "?&&", "?x=%ED%A0%80"})
    void a_query_that_is_no_text_is_the_clients_mistake(String query) throws IOException {
        // By hand: a client that minds its manners would not send it.
        var answer = raw("GET %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(SOME_ACCOUNT, query, clerk()));
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
        if (!query.equals("?&&")) {
            assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:menara:problem:invalid-field");
        }
    }

    @Test
    void a_body_is_as_long_as_its_route_takes_announced_or_not() throws Exception {
        var tooLong = GOOD + " ".repeat(64 << 10);
        for (boolean announced : new boolean[] {true, false}) {
            var answer = post(ACCOUNTS, clerk(), tooLong, announced);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("urn:menara:problem:too-large", "65,536");
            assertThat(post(ACCOUNTS, clerk(), GOOD + " ".repeat(60 << 10), announced)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void of_a_body_that_may_not_come_no_byte_is_read() throws Exception {
        var inFlight = SERVICE.bean(BodiesInFlight.class);
        for (var path : new String[] {"/api/example/nothing-here", "/nothing", SOME_ACCOUNT}) {
            for (var token : new String[] {clerk(), SERVICE.tokens().token("nobody")}) {
                // The head and a first piece only: who waited for the rest would answer late or never.
                var answer = raw("""
                        POST %s HTTP/1.1\r
                        Host: 127.0.0.1\r
                        Authorization: Bearer %s\r
                        Content-Type: application/json\r
                        Transfer-Encoding: chunked\r
                        \r
                        1\r
                        [\r
                        """.formatted(path, token));
                assertThat(answer).as(path).matches("(?s)HTTP/1.1 (403|404|405) .*");
            }
        }
        var strangers = raw("""
                POST %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/json\r
                Transfer-Encoding: chunked\r
                \r
                1\r
                [\r
                """.formatted(ACCOUNTS));
        assertThat(strangers).startsWith("HTTP/1.1 401");
        assertThat(inFlight.held()).isZero();
    }

    @Test
    void when_there_is_no_room_for_a_body_its_sender_is_asked_to_come_back() throws Exception {
        var inFlight = SERVICE.bean(BodiesInFlight.class);
        // Down to the last byte, by parties that each have their share.
        var taken = new ArrayList<Integer>();
        for (int size = 1 << 20; size > 0; size /= 2) {
            while (inFlight.take("greedy-" + taken.size(), size)) {
                taken.add(size);
            }
        }
        var refused = post(ACCOUNTS, clerk(), GOOD, true);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        for (int i = 0; i < taken.size(); i++) {
            inFlight.give("greedy-" + i, taken.get(i));
        }
        assertThat(post(ACCOUNTS, clerk(), GOOD, true).statusCode()).isEqualTo(201);
        Awaitility.await().untilAsserted(() -> assertThat(inFlight.held()).isZero());
    }

    @Test
    void answers_nobody_can_ask_for_any_more_are_thrown_away_and_a_key_used_anew_makes_something_new() {
        var keys = SERVICE.mongo().getDatabase("menara_example").getCollection("idempotency");
        var key = "kept-" + UUID.randomUUID();
        var first = SERVICE.post(ACCOUNTS, clerk(), GOOD, "Idempotency-Key", key);
        CLOCK.advance(Duration.ofDays(6));
        sweep();
        assertThat(SERVICE.post(ACCOUNTS, clerk(), GOOD, "Idempotency-Key", key).header("Location"))
                .as("kept for any sensible retry")
                .isEqualTo(first.header("Location"));
        CLOCK.advance(Duration.ofDays(9));
        sweep();
        assertThat(keys.countDocuments()).isZero();
        assertThat(SERVICE.post(ACCOUNTS, clerk(), GOOD, "Idempotency-Key", key).header("Location"))
                .isNotEqualTo(first.header("Location"));
    }

    private static void sweep() {
        SERVICE.bean("idempotencySweep", DueWork.class).run("all", CLOCK.instant());
    }

    private static java.net.http.HttpResponse<String> post(String path, String token, String body, boolean announced)
            throws IOException, InterruptedException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var publisher = announced
                ? BodyPublishers.ofByteArray(bytes)
                : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + token)
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .POST(publisher)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static int port() {
        return Integer.parseInt(SERVICE.bean(Environment.class).getRequiredProperty("local.server.port"));
    }

    /** What comes back at once for bytes sent as they are. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return firstAnswer(socket.getInputStream());
        }
    }

    private static String firstAnswer(InputStream in) throws IOException {
        var answer = new StringBuilder();
        var buffer = new byte[8_192];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            if (answer.indexOf("\r\n\r\n") > 0) {
                break;
            }
        }
        return answer.toString();
    }
}
