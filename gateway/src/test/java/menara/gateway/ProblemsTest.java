package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest extends GatewayTest {

    @Test
    void an_unknown_path_is_a_problem_even_for_a_browser() {
        String token = ISSUER.token("machine", "org-problems");
        assertThat(problem(send(with(token, "/api/nothing").header("Accept", "text/html"))))
                .isEqualTo("404 not-found");
        assertThat(problem(send(with(token, "/api/me").DELETE()))).isEqualTo("405 method-not-allowed");
        assertThat(problem(send(with(token, "/api/capacity/racks")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("a=b")))))
                .isEqualTo("415 unsupported-media-type");
    }

    @Test
    void a_problem_names_the_request_as_the_log_does_whoever_refuses() {
        String token = ISSUER.token("machine", "org-named-problems");
        for (var refused : List.of(
                send(with(token, "/api/nothing")), // by what no handler takes
                send(with(token, "/api/me").DELETE()), // by Spring
                send(HttpRequest.newBuilder(at("/api/me"))))) { // by the security chain
            assertThat(json(refused).path("correlationId").asString(""))
                    .isEqualTo(refused.headers().firstValue("X-Correlation-Id").orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/capacity//racks",
                "/api/capacity/%2e%2e/billing",
                "/api/capacity/..;/x",
                "/api/capacity/a%2Fb",
                "/api/capacity/a;b=c",
                "/api/capacity/%00",
                "/api/capacity/../../actuator/prometheus"
            })
    void a_path_that_could_mean_two_things_is_refused(String path) throws IOException {
        String answer = RawHttp.exchange(
                port,
                "GET " + path + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + ISSUER.token("machine", "org-path"),
                "Connection: close");
        // Tomcat resolves plain dot segments itself; what is left is no path of anybody.
        assertThat(answer).matches("(?s)HTTP/1.1 40[0134] .*").contains("urn:menara:problem:");
        noInternals(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
                "GET /\" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /api/capacity/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab",
                "POST /api/capacity/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
            })
    void what_is_not_http_is_refused_without_a_page(String request) throws IOException {
        String answer = RawHttp.exchange(port, request);
        assertThat(answer).matches("(?s)HTTP/1.1 (4..|50[15]) .*").contains("urn:menara:problem:");
        noInternals(answer);
        forBrowsers(answer);
    }

    @Test
    void too_large_headers_are_refused_without_a_page() throws IOException {
        String large = RawHttp.exchange(
                port, "GET / HTTP/1.1", "Host: x", "Connection: close", "X-Large: " + "a".repeat(20_000));
        assertThat(large).matches("(?s)HTTP/1.1 4.. .*").contains("urn:menara:problem:");
        noInternals(large);
        forBrowsers(large);
        String many = RawHttp.exchange(
                port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "X-Many: a\r\n".repeat(100) + "\r\n");
        assertThat(many).matches("(?s)HTTP/1.1 4.. .*").contains("urn:menara:problem:");
        noInternals(many);
        forBrowsers(many);
    }

    @Test
    void a_body_cannot_hide_a_second_request() throws IOException {
        String token = ISSUER.token("machine", "org-smuggle");
        String answer = RawHttp.exchange(
                port,
                "POST /api/capacity/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n0\r\n\r\nGET /api/billing/smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 ");
        assertThat(BILLING.getAllServeEvents()).isEmpty();
        assertThat(CAPACITY.getAllServeEvents())
                .allMatch(event -> event.getRequest().getBody().length == 0);
    }

    @Test
    void only_health_and_figures_are_shown_of_the_actuator() {
        assertThat(get("/actuator/health/liveness")).contains("UP");
        assertThat(get("/actuator/health/readiness")).contains("UP");
        assertThat(get("/actuator/prometheus"))
                .contains("resilience4j_circuitbreaker_state", "jvm_memory_used_bytes", "name=\"billing\"");
        for (String path : new String[] {"/actuator", "/actuator/env", "/actuator/heapdump", "/error", "/login"}) {
            assertThat(send(HttpRequest.newBuilder(at(path))).statusCode()).isEqualTo(401);
        }
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(at(path))).body();
    }

    private static void noInternals(String answer) {
        assertThat(answer.toLowerCase(Locale.ROOT))
                .doesNotContain("<html", "tomcat", "exception", "springframework", "\tat ");
    }

    private static void forBrowsers(String answer) {
        assertThat(answer)
                .contains(
                        "\r\nContent-Security-Policy: default-src 'none'; ",
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "\r\nX-Frame-Options: DENY\r\n",
                        "\r\nReferrer-Policy: no-referrer\r\n",
                        "\r\nCache-Control: no-store\r\n");
    }
}
