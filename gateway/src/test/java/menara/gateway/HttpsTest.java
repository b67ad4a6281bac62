package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** TLS ends in front of the gateway, so only the configuration says that browsers use https. */
@TestPropertySource(
        properties = {
            "menara.gateway.public-uri=https://portal.menara.example/",
            "menara.gateway.limits.address.burst=5",
            "menara.gateway.limits.address.per-second=1"
        })
class HttpsTest extends GatewayTest {

    @Test
    void cookies_are_secure_browsers_are_told_to_stay_and_the_redirect_is_public() {
        HttpResponse<String> page = send(HttpRequest.newBuilder(at("/")));
        assertThat(page.headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=31536000; includeSubDomains");
        // The other test may have used up the allowance of this address.
        HttpResponse<String> signIn = Awaitility.await()
                .until(
                        () -> send(HttpRequest.newBuilder(at("/oauth2/authorization/keycloak"))),
                        answer -> answer.statusCode() == 302);
        assertThat(signIn.headers().firstValue("Location").orElse(""))
                .contains("redirect_uri=https://portal.menara.example/login/oauth2/code/keycloak");
        List<String> cookies = new ArrayList<>(page.headers().allValues("Set-Cookie"));
        cookies.addAll(signIn.headers().allValues("Set-Cookie"));
        assertThat(cookies)
                .anyMatch(cookie -> cookie.startsWith("__Host-MENARA_SIGN_IN="))
                .anyMatch(cookie -> cookie.startsWith("__Host-XSRF-TOKEN="))
                .allSatisfy(HttpsTest::isOfThisHostAlone);
    }

    @Test
    void the_session_cookie_is_of_this_host_alone_from_signing_in_to_signing_out() {
        HttpResponse<String> signIn = Awaitility.await()
                .until(
                        () -> send(HttpRequest.newBuilder(at("/oauth2/authorization/keycloak"))),
                        answer -> answer.statusCode() == 302);
        URI back = Browser.location(send(HttpRequest.newBuilder(Browser.location(signIn))));
        HttpResponse<String> signedIn = Awaitility.await()
                .until(
                        () -> send(HttpRequest.newBuilder(at(back.getPath() + "?" + back.getRawQuery()))
                                .header("Cookie", cookie(signIn, "__Host-MENARA_SIGN_IN"))),
                        answer -> answer.statusCode() == 302);
        String session = cookie(signedIn, "__Host-MENARA_SESSION");
        HttpResponse<String> page = send(HttpRequest.newBuilder(at("/")).header("Cookie", session));
        String csrf = cookie(page, "__Host-XSRF-TOKEN");
        HttpResponse<String> signedOut = send(HttpRequest.newBuilder(at("/logout"))
                .header("Cookie", session + "; " + csrf)
                .header("X-XSRF-TOKEN", csrf.substring(csrf.indexOf('=') + 1))
                .POST(BodyPublishers.noBody()));
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(cookie(signedOut, "__Host-MENARA_SESSION")).isEqualTo("__Host-MENARA_SESSION=");
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("__Host-MENARA_SESSION=").contains("HttpOnly"));
        for (HttpResponse<String> answer : List.of(signedIn, signedOut)) {
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("__Host-MENARA_SESSION"))
                    .isNotEmpty()
                    .allSatisfy(HttpsTest::isOfThisHostAlone);
        }
    }

    /** What a browser asks of {@code __Host-}: Secure, all paths, no domain. */
    private static void isOfThisHostAlone(String cookie) {
        assertThat(cookie).startsWith("__Host-").contains("Path=/;", "Secure").doesNotContain("Domain");
    }

    /** Name and value, as a browser sends them back. */
    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no %s in %s".formatted(name, answer.headers().map())));
    }

    @Test
    void strangers_are_counted_by_their_address() {
        assertThat(untilRefused(with("forged.token.x", "/api/capacity/x"))).isEqualTo("429 too-many-requests");
        assertThat(untilRefused(HttpRequest.newBuilder(at("/api/me")))).isEqualTo("429 too-many-requests");
        assertThat(untilRefused(HttpRequest.newBuilder(at("/login/oauth2/code/keycloak?code=a&state=b"))))
                .isEqualTo("429 too-many-requests");
        // A good token from the same address is not a stranger's.
        assertThat(send(with(ISSUER.token("machine", "org-neighbour"), "/api/capacity/x"))
                        .statusCode())
                .isEqualTo(200);
    }

    private String untilRefused(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        for (int i = 0; i < 40 && answer.statusCode() != 429; i++) {
            answer = send(request);
        }
        return problem(answer);
    }
}
