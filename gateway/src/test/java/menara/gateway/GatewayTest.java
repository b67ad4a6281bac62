package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running gateway for all tests, with small limits; each test uses an organization of its own where limits are counted. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "menara.gateway.limits.usage-body=2MB",
            "menara.gateway.limits.bodies=5MB",
            "menara.gateway.limits.party-bodies=3MB",
            "menara.gateway.limits.in-flight=8",
            "menara.gateway.limits.heavy=1",
            "menara.gateway.limits.heavy-wait=200ms",
            "menara.gateway.limits.sessions=6",
            "menara.gateway.limits.sessions-of-one=3",
            "menara.gateway.limits.header=1s",
            "menara.gateway.limits.upload=3s",
            "menara.gateway.limits.party.burst=20",
            "menara.gateway.limits.party.per-second=1",
            "menara.gateway.limits.intake.burst=40",
            "menara.gateway.limits.intake.per-second=1",
            // All tests share one address.
            "menara.gateway.limits.address.burst=100000",
            "menara.gateway.limits.strangers.burst=100000",
            "menara.gateway.timeouts.send=2s",
            "menara.gateway.timeouts.response=2s",
            "menara.gateway.timeouts.connections=8",
            "menara.gateway.breaker.window=4",
            "menara.gateway.breaker.probes=1",
            "menara.gateway.breaker.open-for=1s",
            "menara.gateway.openapi-cache=1ms",
            "logging.structured.format.console="
        })
abstract class GatewayTest {

    static final TestIssuer ISSUER = new TestIssuer();
    static final WireMockServer OPERATIONS = service();
    static final WireMockServer CAPACITY = service();
    static final WireMockServer BILLING = service();
    static final WireMockServer INVESTMENT = service();

    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @LocalServerPort
    int port;

    @Autowired
    CircuitBreakerRegistry breakers;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        properties.add("menara.security.issuer", ISSUER::issuer);
        properties.add("menara.gateway.operations-uri", OPERATIONS::baseUrl);
        properties.add("menara.gateway.capacity-uri", CAPACITY::baseUrl);
        properties.add("menara.gateway.billing-uri", BILLING::baseUrl);
        properties.add("menara.gateway.investment-uri", INVESTMENT::baseUrl);
    }

    @BeforeEach
    void services_answer() {
        for (WireMockServer service : new WireMockServer[] {OPERATIONS, CAPACITY, BILLING, INVESTMENT}) {
            service.resetAll();
            service.stubFor(any(anyUrl())
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "application/json")
                            .withBody("{\"answered\":true}")));
        }
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    // The port is chosen before, so that a test may stop a service and start it again where it was.
    private static WireMockServer service() {
        try (ServerSocket free = new ServerSocket(0)) {
            free.setReuseAddress(true);
            int port = free.getLocalPort();
            free.close();
            WireMockServer server = new WireMockServer(
                    WireMockConfiguration.options().port(port).bindAddress("127.0.0.1"));
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpRequest.Builder with(String token, String path) {
        return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(client, request);
    }

    static HttpResponse<String> send(HttpClient by, HttpRequest.Builder request) {
        try {
            return by.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** {@code 413 too-large}, or whatever it is, if the answer is a problem in every respect. */
    static String problem(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        boolean wellFormed =
                answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                        && body.path("status").asInt() == answer.statusCode()
                        && !body.path("detail").asString("").isEmpty();
        return wellFormed
                ? answer.statusCode() + " " + body.path("type").asString("").replace("urn:menara:problem:", "")
                : "no problem: " + answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
    }
}
