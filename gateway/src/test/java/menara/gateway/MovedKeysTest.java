package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whoever can make Keycloak's address redirect would otherwise choose the keys that tokens are believed by. */
class MovedKeysTest extends GatewayTest {

    @DynamicPropertySource
    static void where_keys_used_to_be(DynamicPropertyRegistry properties) {
        properties.add("menara.security.jwk-set-uri", () -> ISSUER.issuer() + "/protocol/openid-connect/moved-certs");
    }

    @Test
    void keys_are_fetched_from_the_configured_address_and_not_from_where_it_points() {
        assertThat(problem(send(with(ISSUER.token("machine", "org-moved"), "/api/capacity/x"))))
                .isEqualTo("503 identity-provider-unavailable");
    }
}
