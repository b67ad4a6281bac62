package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RateLimitTest extends GatewayTest {

    private static final int PARTY_BURST = 20;
    private static final int INTAKE_BURST = 40;

    @Test
    void a_party_that_asks_too_often_is_told_when_to_come_back() {
        String token = ISSUER.token("machine", "org-rate-1");
        HttpResponse<String> refused = exhaust(token);
        assertThat(problem(refused)).isEqualTo("429 too-many-requests");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1, 60);
        CAPACITY.verify(
                com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly(PARTY_BURST),
                anyRequestedFor(anyUrl()));
        Awaitility.await().until(() -> send(with(token, "/api/capacity/x")).statusCode() == 200);
    }

    @Test
    void everybody_of_an_organization_shares_its_allowance_and_nobody_else() {
        exhaust(ISSUER.token("first", "org-rate-2"));
        assertThat(isRefused(ISSUER.token("second", "org-rate-2"), "/api/billing/x"))
                .isTrue();
        assertThat(send(with(ISSUER.token("first", "org-rate-3"), "/api/billing/x"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void people_of_no_organization_are_counted_by_themselves() {
        exhaust(ISSUER.token(claims -> claims.subject("alone-1")));
        assertThat(isRefused(ISSUER.token(claims -> claims.subject("alone-1")), "/api/capacity/x"))
                .isTrue();
        assertThat(send(with(ISSUER.token(claims -> claims.subject("alone-2")), "/api/capacity/x"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void usage_intake_has_a_larger_allowance_of_its_own() {
        String token = ISSUER.token("meter", "org-rate-4");
        exhaust(token);
        int accepted = 0;
        for (int i = 0; i < INTAKE_BURST; i++) {
            accepted += send(with(token, "/api/billing/usage").POST(BodyPublishers.ofString("[]")))
                                    .statusCode()
                            == 200
                    ? 1
                    : 0;
        }
        assertThat(accepted).isEqualTo(INTAKE_BURST);
        // Reading usage is not intake.
        assertThat(isRefused(token, "/api/billing/usage/audit-trail")).isTrue();
    }

    /** Whether a party is out of allowance; a request or two may have been given back to it meanwhile, one a second. */
    private boolean isRefused(String token, String path) {
        for (int i = 0; i < PARTY_BURST / 2; i++) {
            if (send(with(token, path)).statusCode() == 429) {
                return true;
            }
        }
        return false;
    }

    private HttpResponse<String> exhaust(String token) {
        HttpResponse<String> answer = send(with(token, "/api/capacity/x"));
        // The allowance refills by one a second meanwhile.
        for (int i = 0; i < 3 * PARTY_BURST && answer.statusCode() == 200; i++) {
            answer = send(with(token, "/api/capacity/x"));
        }
        return answer;
    }
}
