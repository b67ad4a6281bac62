package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import menara.keycloak.KeycloakProcess;
import menara.keycloak.Realm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing in and out with a real Keycloak and our realm. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"logging.structured.format.console="})
@DirtiesContext
class KeycloakJourneyTest {

    private static final String ACCRUED = "/api/billing/projections/accrued";
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);
    private static final WireMockServer BILLING =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @TempDir
    static Path directory;

    private static int port;

    // Set before the context is made, which is before any test.
    @SuppressWarnings("NullAway.Init")
    private static KeycloakProcess keycloak;

    @TestConfiguration
    static class LaterThanReally {

        /** Keycloak's tokens live five minutes; this waits for them without waiting. */
        @Bean
        @Primary
        Clock movedClock() {
            return new Clock() {
                @Override
                public java.time.ZoneId getZone() {
                    return java.time.ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public java.time.Instant instant() {
                    return Clock.systemUTC().instant().plus(AHEAD.get());
                }
            };
        }
    }

    @DynamicPropertySource
    static void start(DynamicPropertyRegistry properties) throws IOException, InterruptedException {
        // The realm allows one redirect address, so the gateway's port is chosen before Keycloak starts.
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        keycloak = KeycloakProcess.start(directory, "http://127.0.0.1:" + port);
        BILLING.start();
        properties.add("server.port", () -> port);
        properties.add("menara.security.issuer", keycloak::issuer);
        properties.add("menara.gateway.client-secret", () -> keycloak.clientSecret("menara-gateway"));
        properties.add("menara.gateway.billing-uri", BILLING::baseUrl);
    }

    @AfterAll
    static void stop() {
        BILLING.stop();
        keycloak.close();
    }

    @BeforeEach
    void now() {
        AHEAD.set(Duration.ZERO);
        BILLING.resetAll();
        BILLING.stubFor(get(anyUrl()).willReturn(okJson("{}")));
    }

    @Test
    void a_person_signs_in_works_beyond_the_tokens_life_and_signs_out() throws ParseException {
        Browser browser = new Browser(port);
        signIn(browser, "finance");
        var me = GatewayTest.json(browser.get("/api/me"));
        assertThat(me.path("organization").asString()).isEqualTo("nexus-core-systems");
        assertThat(me.path("roles").toString()).isEqualTo("[\"finance\"]");
        assertThat(me.path("name").asString()).isNotEmpty().isNotEqualTo("finance");

        assertThat(browser.get(ACCRUED).statusCode()).isEqualTo(200);
        JWTClaimsSet first = relayed();
        assertThat(first.getAudience())
                .contains("operations-service", "capacity-service", "billing-service", "investment-service");
        assertThat(first.getIssuer()).isEqualTo(keycloak.issuer());

        AHEAD.set(Duration.ofSeconds(295));
        BILLING.resetRequests();
        assertThat(browser.get(ACCRUED).statusCode()).isEqualTo(200);
        JWTClaimsSet second = relayed();
        assertThat(second.getJWTID()).isNotEqualTo(first.getJWTID());
        assertThat(second.getSubject()).isEqualTo(first.getSubject());
        AHEAD.set(Duration.ZERO);
        assertThat(GatewayTest.json(browser.get("/api/me")).path("name")).isEqualTo(me.path("name"));

        assertThat(browser.logout().statusCode()).isEqualTo(204);
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        // Keycloak has forgotten, too: it asks for the name again instead of letting the browser in.
        HttpResponse<String> again = browser.send(HttpRequest.newBuilder(browser.start()));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("name=\"username\"");
        assertThat(browser.seen).noneMatch(part -> part.contains("eyJ"));
    }

    @Test
    void a_partner_is_known_by_its_organization() {
        Browser browser = new Browser(port);
        signIn(browser, "partner-lloyds-capital");
        var me = GatewayTest.json(browser.get("/api/me"));
        assertThat(me.path("organization").asString()).isEqualTo("lloyds-capital");
        assertThat(me.path("roles").toString()).isEqualTo("[\"partner\"]");
    }

    @Test
    void a_service_account_comes_in_with_its_own_token() throws IOException {
        HttpResponse<String> answer = GatewayTest.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ACCRUED))
                        .header("Authorization", "Bearer " + keycloak.serviceAccountToken("finance-export")));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static JWTClaimsSet relayed() throws ParseException {
        String header =
                BILLING.findAll(getRequestedFor(urlEqualTo(ACCRUED))).getLast().getHeader("Authorization");
        return SignedJWT.parse(header.substring("Bearer ".length())).getJWTClaimsSet();
    }

    private static void signIn(Browser browser, String name) {
        HttpResponse<String> page = browser.send(HttpRequest.newBuilder(browser.start()));
        HttpResponse<String> signedIn =
                submit(browser, page, List.of("username", name, "password", Realm.DEMO_PASSWORD));
        HttpResponse<String> back = browser.send(HttpRequest.newBuilder(Browser.location(signedIn)));
        assertThat(Browser.location(back).getPath()).isEqualTo("/");
        browser.get("/");
    }

    private static HttpResponse<String> submit(Browser browser, HttpResponse<String> page, List<String> fields) {
        Matcher action = FORM.matcher(page.body());
        assertThat(action.find()).as("a form on %s", page.body()).isTrue();
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.size(); i += 2) {
            form.append(fields.get(i))
                    .append('=')
                    .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8))
                    .append('&');
        }
        return browser.send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString())));
    }
}
