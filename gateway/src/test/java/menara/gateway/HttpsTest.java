package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
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
        assertThat(page.headers().firstValue("Strict-Transport-Security").orElse(""))
                .contains("max-age=31536000");
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
                .anyMatch(cookie -> cookie.startsWith("MENARA_SIGN_IN"))
                .anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN"))
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "SameSite=Lax"));
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
