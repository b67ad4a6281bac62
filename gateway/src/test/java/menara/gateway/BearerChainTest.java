package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BearerChainTest extends GatewayTest {

    private static final String PATH = "/api/capacity/reservations";

    @AfterEach
    void nothing_is_kept_for_a_machine() {
        assertThat(ISSUER.refreshed).isEmpty();
    }

    @Test
    void a_good_token_reaches_the_service_with_path_query_and_body_as_they_are() {
        String token = ISSUER.token("machine", "org-reach", "capacity-manager");
        var answer = send(with(token, PATH + "?limit=2&cursor=a%2Bb%20c")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString("{\"racks\":1}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("answered").asBoolean()).isTrue();
        CAPACITY.verify(postRequestedFor(urlEqualTo(PATH + "?limit=2&cursor=a%2Bb%20c"))
                .withHeader("Authorization", equalTo("Bearer " + token))
                .withHeader("Idempotency-Key", equalTo("k1"))
                .withRequestBody(equalTo("{\"racks\":1}")));
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void each_service_gets_its_own_paths() {
        String token = ISSUER.token("machine", "org-paths");
        for (Service service : Service.values()) {
            assertThat(send(with(token, service.path() + "/x")).statusCode()).isEqualTo(200);
        }
        OPERATIONS.verify(1, getRequestedFor(urlEqualTo("/api/operations/x")));
        CAPACITY.verify(1, getRequestedFor(urlEqualTo("/api/capacity/x")));
        BILLING.verify(1, getRequestedFor(urlEqualTo("/api/billing/x")));
        INVESTMENT.verify(1, getRequestedFor(urlEqualTo("/api/investment/x")));
    }

    @Test
    void a_machine_may_post_without_a_csrf_token() {
        String token = ISSUER.token("machine", "org-csrf");
        assertThat(send(with(token, PATH).POST(BodyPublishers.ofString("{}"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_without_a_token_is_not_signed_in() {
        assertThat(problem(send(HttpRequest.newBuilder(at(PATH))))).isEqualTo("401 not-signed-in");
        assertThat(problem(send(HttpRequest.newBuilder(at(PATH)).POST(BodyPublishers.ofString("{}")))))
                .isEqualTo("401 not-signed-in");
        untouched();
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        String unsigned = new PlainJWT(new JWTClaimsSet.Builder()
                        .issuer(ISSUER.issuer())
                        .subject("forger")
                        .audience("capacity-service")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build())
                .serialize();
        refused(unsigned);
    }

    @Test
    void a_token_signed_with_the_public_key_as_a_secret_is_refused() throws JOSEException {
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("current").build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER.issuer())
                        .subject("forger")
                        .audience("capacity-service")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        confused.sign(new MACSigner(new byte[32]));
        refused(confused.serialize());
    }

    @Test
    void a_token_of_another_key_is_refused_whatever_it_calls_the_key() {
        refused(ISSUER.signed(TestIssuer.newKey("current"), claims -> claims));
        refused(ISSUER.signed(TestIssuer.newKey("unknown"), claims -> claims));
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        refused(ISSUER.token(claims -> claims.issuer(ISSUER.issuer() + "2")));
        refused(ISSUER.token(claims -> claims.issuer(null)));
    }

    @Test
    void a_token_outside_its_time_is_refused() {
        Instant now = Instant.now();
        refused(ISSUER.token(claims -> claims.expirationTime(Date.from(now.minusSeconds(90)))));
        refused(ISSUER.token(claims -> claims.expirationTime(null)));
        refused(ISSUER.token(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(90)))));
    }

    @Test
    void a_token_meant_for_somebody_else_is_refused() {
        refused(ISSUER.token(claims -> claims.audience("account")));
        refused(ISSUER.token(claims -> claims.audience("menara-gateway")));
        refused(ISSUER.token(claims -> claims.audience(List.of())));
    }

    /** As Keycloak names its kinds in the claim, and the standards in the header. */
    @Test
    void a_token_that_is_none_to_come_in_with_is_refused_whoever_it_is_meant_for() {
        for (String kind : List.of("ID", "Refresh", "Offline", "Logout", "bearer", "")) {
            refused(ISSUER.token(claims -> claims.claim("typ", kind)));
        }
        for (String type : List.of("logout+jwt", "dpop+jwt", "oauth-authz-req+jwt")) {
            refused(ISSUER.ofType(type));
        }
        assertThat(send(with(ISSUER.token(claims -> claims.claim("typ", "Bearer")), PATH))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_broken_token_is_refused() {
        refused("x.y.z");
        String good = ISSUER.token("machine", "org-broken");
        refused(good.substring(0, good.length() - 4) + "AAAA");
    }

    @Test
    void what_the_gateway_answers_itself_needs_somebody_too() {
        for (String path : List.of("/api/me", "/api/openapi", "/api/unknown")) {
            assertThat(problem(send(HttpRequest.newBuilder(at(path))))).isEqualTo("401 not-signed-in");
        }
    }

    @Test
    void me_names_the_party_of_the_token() {
        var me = json(send(with(ISSUER.token("erika", "lloyds-capital", "partner"), "/api/me")));
        assertThat(me.toString())
                .isEqualTo("{\"name\":\"erika\",\"organization\":\"lloyds-capital\",\"roles\":[\"partner\"]}");
    }

    private void refused(String token) {
        assertThat(problem(send(with(token, PATH)))).isEqualTo("401 invalid-token");
        untouched();
    }

    private static void untouched() {
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
    }
}
