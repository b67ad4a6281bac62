package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.catalina.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

class SessionChainTest extends GatewayTest {

    private static final String RACKS = "/api/capacity/racks";

    @Autowired
    private ServletWebServerApplicationContext server;

    private final String organization = "org-" + UUID.randomUUID();

    @BeforeEach
    void keycloak_as_usual() {
        ISSUER.refreshed.clear();
        ISSUER.loggedOut.clear();
        ISSUER.accessTokenLifetime = Duration.ofMinutes(5);
        ISSUER.away = false;
        ISSUER.moved = false;
        // Tests count against allowances of their own.
        ISSUER.personsOrganization = organization;
    }

    @Test
    void signing_in_uses_a_code_with_pkce() {
        URI asked = new Browser(port).start();
        assertThat(asked.toString()).startsWith(ISSUER.issuer() + "/protocol/openid-connect/auth?");
        assertThat(asked.getQuery())
                .contains(
                        "response_type=code",
                        "code_challenge_method=S256",
                        "code_challenge=",
                        "client_id=menara-gateway",
                        "state=",
                        "nonce=",
                        "redirect_uri=http://127.0.0.1:" + port + "/login/oauth2/code/keycloak");
    }

    @Test
    void a_person_who_signed_in_is_known_and_reaches_services_with_the_access_token() {
        Browser browser = new Browser(port).signIn();
        assertThat(json(browser.get("/api/me")).toString())
                .isEqualTo("{\"name\":\"Fatima Finance\",\"organization\":\"%s\",\"roles\":[\"finance\"]}"
                        .formatted(organization));
        assertThat(browser.get(RACKS).statusCode()).isEqualTo(200);
        LoggedRequest arrived =
                CAPACITY.findAll(getRequestedFor(urlEqualTo(RACKS))).getFirst();
        assertThat(arrived.getHeader("Authorization")).startsWith("Bearer ey");
        assertThat(arrived.containsHeader("Cookie")).isFalse();
    }

    @Test
    void the_session_cookie_is_closed_to_scripts_and_other_sites_and_renewed_at_sign_in() {
        Browser browser = new Browser(port);
        browser.start();
        assertThat(browser.cookie("MENARA_SESSION")).isEmpty();
        browser.signIn();
        String before = browser.cookie("MENARA_SESSION");
        browser.signIn();
        assertThat(browser.cookie("MENARA_SESSION")).isNotEqualTo(before);
        assertThat(browser.setCookies)
                .filteredOn(cookie -> cookie.startsWith("MENARA_SESSION"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/"));
    }

    @Test
    void no_token_ever_reaches_the_browser() {
        Browser browser = new Browser(port).signIn();
        browser.get("/");
        browser.get("/api/me");
        browser.get(RACKS);
        browser.logout();
        assertThat(browser.seen).isNotEmpty().noneMatch(part -> part.contains("eyJ"));
    }

    @Test
    void posting_without_the_csrf_token_is_refused() {
        Browser browser = new Browser(port).signIn();
        assertThat(problem(browser.send(browser.to(RACKS).POST(BodyPublishers.ofString("{}")))))
                .isEqualTo("403 csrf-token-missing");
        assertThat(problem(browser.send(
                        browser.to(RACKS).header("X-XSRF-TOKEN", "guess").POST(BodyPublishers.ofString("{}")))))
                .isEqualTo("403 csrf-token-missing");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
        assertThat(browser.send(browser.withCsrf(RACKS).POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void without_a_session_a_program_gets_401_and_a_person_the_sign_in() {
        Browser browser = new Browser(port);
        assertThat(problem(browser.get(RACKS))).isEqualTo("401 not-signed-in");
        var page = browser.send(browser.to(RACKS).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElse("")).endsWith("/oauth2/authorization/keycloak");
        assertThat(browser.cookie("MENARA_SESSION")).isEmpty();
    }

    @Test
    void a_forged_session_cookie_is_nobody() {
        assertThat(problem(send(HttpRequest.newBuilder(at(RACKS))
                        .header("Cookie", "MENARA_SESSION=0123456789ABCDEF0123456789ABCDEF"))))
                .isEqualTo("401 not-signed-in");
    }

    @Test
    void an_answer_of_keycloak_that_nobody_asked_for_signs_nobody_in() {
        Browser browser = new Browser(port);
        var answer = browser.get("/login/oauth2/code/keycloak?code=stolen&state=stolen");
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/?login=failed");
        assertThat(problem(browser.get("/api/me"))).isEqualTo("401 not-signed-in");
    }

    @Test
    void codes_and_secrets_are_sent_nowhere_else_however_keycloak_points_there() {
        ISSUER.moved = true;
        Browser browser = new Browser(port);
        URI back = Browser.location(browser.send(HttpRequest.newBuilder(browser.start())));
        assertThat(Browser.location(browser.get(back.getPath() + "?" + back.getRawQuery())))
                .hasToString("/?login=failed");
        assertThat(ISSUER.askedElsewhere).isEmpty();
    }

    @Test
    void parallel_requests_refresh_an_expired_token_once() throws Exception {
        ISSUER.accessTokenLifetime = Duration.ofSeconds(1);
        Browser browser = new Browser(port).signIn();
        ISSUER.accessTokenLifetime = Duration.ofMinutes(5);
        try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> all = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> parallel.submit(() -> browser.get(RACKS)))
                    .toList();
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(ISSUER.refreshed).hasSize(1);
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void a_session_that_keycloak_ended_is_over_here_too() {
        ISSUER.accessTokenLifetime = Duration.ofSeconds(1);
        Browser browser = new Browser(port).signIn();
        ISSUER.forgetRefreshTokens();
        assertThat(problem(browser.get(RACKS))).isEqualTo("401 not-signed-in");
        assertThat(problem(browser.get("/api/me"))).isEqualTo("401 not-signed-in");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_session_outlives_keycloak_being_away_for_a_moment() {
        ISSUER.accessTokenLifetime = Duration.ofSeconds(1);
        Browser browser = new Browser(port).signIn();
        ISSUER.away = true;
        assertThat(problem(browser.get(RACKS))).isEqualTo("503 identity-provider-unavailable");
        ISSUER.away = false;
        assertThat(browser.get(RACKS).statusCode()).isEqualTo(200);
    }

    @Test
    void signing_out_ends_both_sessions_and_needs_the_csrf_token() {
        Browser browser = new Browser(port).signIn();
        assertThat(problem(browser.send(browser.to("/logout").POST(BodyPublishers.noBody()))))
                .isEqualTo("403 csrf-token-missing");
        assertThat(json(browser.get("/api/me")).path("name").asString()).isEqualTo("Fatima Finance");
        var signedOut = browser.logout();
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.headers().firstValue("Clear-Site-Data")).contains("\"cache\", \"storage\"");
        assertThat(ISSUER.loggedOut).hasSize(1);
        assertThat(problem(browser.get("/api/me"))).isEqualTo("401 not-signed-in");
        assertThat(browser.cookies()).doesNotContain("MENARA_SESSION");
    }

    @Test
    void the_allowance_of_a_person_is_that_of_the_organization() {
        Browser browser = new Browser(port).signIn();
        String colleague = ISSUER.token("colleague", organization);
        for (int i = 0; i < 60 && send(with(colleague, "/api/me")).statusCode() == 200; i++) {
            // uses it up
        }
        assertThat(problem(browser.get("/api/me"))).isEqualTo("429 too-many-requests");
    }

    @Test
    void strangers_leave_nothing_behind_however_they_start_to_sign_in() throws Exception {
        int before = sessions();
        for (int i = 0; i < 200; i++) {
            Browser stranger = new Browser(port);
            stranger.start();
            stranger.get("/login/oauth2/code/keycloak?code=a&state=b");
            stranger.get("/login/oauth2/code/keycloak?error=access_denied&state=b");
            stranger.get("/");
            stranger.get("/api/me");
            assertThat(stranger.cookies()).doesNotContain("MENARA_SESSION");
        }
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void nobody_is_signed_in_by_a_cookie_of_another_browser_or_one_that_was_changed() {
        Browser victim = new Browser(port);
        Browser attacker = new Browser(port);
        victim.start();
        URI back = Browser.location(attacker.send(HttpRequest.newBuilder(attacker.start())));
        assertThat(victim.get(back.getPath() + "?" + back.getRawQuery())
                        .headers()
                        .firstValue("Location"))
                .contains("/?login=failed");
        String sealed = attacker.cookie("MENARA_SIGN_IN");
        String changed = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");
        for (String cookie : List.of(changed, "", "AAAA", "x".repeat(5000), sealed.substring(1))) {
            var answer = send(HttpRequest.newBuilder(at(back.getPath() + "?" + back.getRawQuery()))
                    .header("Cookie", "MENARA_SIGN_IN=" + cookie));
            assertThat(answer.statusCode()).isIn(302, 400);
            assertThat(answer.headers().firstValue("Location").orElse("/?login=failed"))
                    .isEqualTo("/?login=failed");
        }
        // Untouched, it is good.
        assertThat(attacker.get(back.getPath() + "?" + back.getRawQuery())
                        .headers()
                        .firstValue("Location"))
                .contains("/");
    }

    @Test
    void a_person_has_a_few_sessions_and_the_oldest_makes_way() throws Exception {
        List<Browser> browsers = java.util.stream.IntStream.range(0, 5)
                .mapToObj(_ -> new Browser(port).signIn())
                .toList();
        assertThat(browsers.stream().map(browser -> browser.get("/api/me").statusCode()))
                .containsExactly(401, 401, 200, 200, 200);
        assertThat(sessions()).isLessThanOrEqualTo(6);
    }

    @Test
    void a_bearer_request_leaves_the_browsers_session_alone() {
        Browser browser = new Browser(port).signIn();
        String session = browser.cookie("MENARA_SESSION");
        var answer = send(with(ISSUER.token("machine", organization + "-m"), "/api/me")
                .header("Cookie", "MENARA_SESSION=" + session));
        assertThat(json(answer).path("name").asString()).isEqualTo("machine");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(json(browser.get("/api/me")).path("name").asString()).isEqualTo("Fatima Finance");
        assertThat(browser.cookie("MENARA_SESSION")).isEqualTo(session);
    }

    @Test
    void no_host_header_says_where_a_person_is_sent() throws Exception {
        for (String path :
                List.of("/oauth2/authorization/keycloak", "/login/oauth2/code/keycloak?code=a&state=b", RACKS)) {
            String answer = RawHttp.exchange(
                    port, "GET " + path + " HTTP/1.1", "Host: evil.example", "Accept: text/html", "Connection: close");
            assertThat(answer).startsWith("HTTP/1.1 302").doesNotContain("evil");
        }
    }

    private int sessions() {
        var host = Objects.requireNonNull((TomcatWebServer) server.getWebServer())
                .getTomcat()
                .getHost();
        return ((Context) host.findChildren()[0]).getManager().getActiveSessions();
    }
}
