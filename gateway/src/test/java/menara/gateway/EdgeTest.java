package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest extends GatewayTest {

    private static final String PATH = "/api/capacity/phases";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User",
                "X-User-Id",
                "x-tenant-id",
                "X-Partner",
                "X_User_Id",
                "X-Organization",
                "X-Roles",
                "X-Forwarded-For",
                "X-Forwarded-User",
                "X-Forwarded-Host",
                "Forwarded",
                "X-Real-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "X-XSRF-TOKEN",
                "Cookie"
            })
    void what_claims_identity_or_origin_stops_at_the_gateway(String header) {
        send(with(ISSUER.token("machine", "org-" + header.toLowerCase(Locale.ROOT)), PATH)
                .header(header, "smuggled"));
        LoggedRequest arrived = CAPACITY.findAll(anyRequestedFor(anyUrl())).getFirst();
        assertThat(arrived.getHeaders().all())
                .noneMatch(found -> found.key().equalsIgnoreCase(header))
                .noneMatch(found -> found.containsValue("smuggled"));
    }

    @Test
    void the_host_header_of_the_client_is_not_passed_on() throws Exception {
        String answer = RawHttp.exchange(
                port,
                "GET " + PATH + " HTTP/1.1",
                "Host: evil.example",
                "Authorization: Bearer " + ISSUER.token("machine", "org-host"),
                "Connection: close");
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(CAPACITY.findAll(anyRequestedFor(anyUrl())).getFirst().getHeader("Host"))
                .isEqualTo("localhost:" + CAPACITY.port());
    }

    @Test
    void two_authorizations_are_refused() throws Exception {
        String token = ISSUER.token("machine", "org-two");
        String answer = RawHttp.exchange(
                port,
                "GET " + PATH + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + token,
                "Authorization: Bearer other",
                "Connection: close");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:menara:problem:several-authorizations");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_correlation_id_of_the_client_is_kept_all_the_way() {
        String id = UUID.randomUUID().toString();
        var answer = send(with(ISSUER.token("machine", "org-corr"), PATH).header("X-Correlation-Id", id));
        assertThat(answer.headers().allValues("X-Correlation-Id")).containsExactly(id);
        assertThat(arrivedCorrelation()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "x' OR 1=1", "../../../etc/passwd-0000-0000-0000-000000000000"})
    void anything_else_is_replaced_by_an_id_of_our_own(String offered) {
        var answer = send(with(ISSUER.token("machine", "org-corr2"), PATH).header("X-Correlation-Id", offered));
        List<String> returned = answer.headers().allValues("X-Correlation-Id");
        assertThat(returned).hasSize(1).doesNotContain(offered);
        assertThat(UUID.fromString(returned.getFirst())).isNotNull();
        assertThat(arrivedCorrelation()).isEqualTo(returned.getFirst());
    }

    @Test
    void refusals_carry_a_correlation_id_too() {
        assertThat(send(java.net.http.HttpRequest.newBuilder(at(PATH)))
                        .headers()
                        .firstValue("X-Correlation-Id"))
                .isPresent();
    }

    @Test
    void what_a_service_says_about_caching_cookies_and_itself_stays_inside() {
        CAPACITY.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(201)
                        .withHeader("Location", CAPACITY.baseUrl() + "/api/capacity/phases/p1?x=1")
                        .withHeader("ETag", "\"7\"")
                        .withHeader("Set-Cookie", "JSESSIONID=1")
                        .withHeader("Server", "secret/1.0")
                        .withHeader("Cache-Control", "public, max-age=3600")
                        .withHeader("Access-Control-Allow-Origin", "*")
                        .withHeader("X-Frame-Options", "ALLOWALL")));
        var headers = send(with(ISSUER.token("machine", "org-answer"), PATH)).headers();
        assertThat(headers.allValues("Location")).containsExactly("/api/capacity/phases/p1?x=1");
        assertThat(headers.allValues("ETag")).containsExactly("\"7\"");
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void every_answer_has_the_security_headers() {
        for (String path : List.of("/", "/portal/portal.js", PATH)) {
            var headers = send(java.net.http.HttpRequest.newBuilder(at(path))).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(headers.firstValue("Permissions-Policy")).isPresent();
            assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
            // Plain http here: a browser must not be told to use https.
            assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void each_file_of_the_portal_says_in_which_letters_it_is_written() {
        for (String path : List.of("/", "/portal/portal.js", "/portal/figures.js", "/portal/portal.css")) {
            var type = send(HttpRequest.newBuilder(at(path)))
                    .headers()
                    .firstValue("Content-Type")
                    .orElse("");
            assertThat(type).as(path).startsWith("text/").endsWithIgnoringCase(";charset=utf-8");
        }
    }

    private static String arrivedCorrelation() {
        return CAPACITY.findAll(anyRequestedFor(anyUrl())).getFirst().getHeader("X-Correlation-Id");
    }
}
