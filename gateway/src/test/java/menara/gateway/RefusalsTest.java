package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import menara.gateway.refusals.Refusals;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.TestPropertySource;

/** A gateway of its own, so that no other test has used up its lines. */
@TestPropertySource(properties = "menara.gateway.limits.party.burst=4")
class RefusalsTest extends GatewayTest {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Refusals.class);

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void listen_no_more() {
        log.detachAppender(appender);
    }

    @Test
    void each_refusal_is_a_line_that_says_what_of_whom_and_which_request_but_no_token_and_no_name() throws IOException {
        String id = UUID.randomUUID().toString();
        assertThat(send(with("forged.token.x", "/api/capacity/a?secret=1").header("X-Correlation-Id", id))
                        .statusCode())
                .isEqualTo(401);
        expect("authentication", 401, "/api/capacity/a", "unknown");
        assertThat(lines().getFirst()).containsEntry("request", id).containsEntry("method", "GET");

        CAPACITY.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(403)));
        String token = ISSUER.token(claims -> claims.subject("subject-1").claim("preferred_username", "fatima"));
        assertThat(send(with(token, "/api/capacity/b")).statusCode()).isEqualTo(403);
        expect("authorization", 403, "/api/capacity/b", "subject:subject-1");

        Awaitility.await().until(() -> send(with(token, "/api/me")).statusCode() == 429);
        expect("limit", 429, "/api/me", "subject:subject-1");

        assertThat(RawHttp.exchange(port, "GET / HTTP/1.1", "Host: x", "Bad Header", "Connection: close"))
                .startsWith("HTTP/1.1 400");
        Awaitility.await().until(() -> lines().stream().anyMatch(line -> "form".equals(line.get("refused"))));

        assertThat(send(HttpRequest.newBuilder(at("/login/oauth2/code/keycloak?code=stolen&state=b")))
                        .statusCode())
                .isEqualTo(302);
        expect("authentication", 302, "/login/oauth2/code/keycloak", "unknown");

        assertThat(lines().toString()).doesNotContain("forged", "eyJ", "fatima", "secret", "stolen");
    }

    @Test
    void what_is_answered_is_no_line() {
        assertThat(send(with(ISSUER.token("machine", "org-quiet"), "/api/capacity/x"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(with(ISSUER.token("machine", "org-quiet"), "/api/nothing"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(lines()).isEmpty();
    }

    /** It is written when the answer is on its way already. */
    private void expect(String refused, int status, String path, String party) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(lines())
                        .anySatisfy(line -> assertThat(line)
                                .containsEntry("refused", refused)
                                .containsEntry("status", status)
                                .containsEntry("path", path)
                                .containsEntry("party", party)));
    }

    private List<Map<String, Object>> lines() {
        return List.copyOf(appender.list).stream()
                .map(event -> event.getKeyValuePairs().stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                .toList();
    }
}
