package menara.gateway.security;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code menara.security.*}, named as in the services.
 *
 * @param issuer the realm, exactly as in tokens
 * @param jwkSetUri address of its keys
 */
@ConfigurationProperties("menara.security")
record IdentityProperties(URI issuer, URI jwkSetUri) {

    /** One of the realm's OpenID Connect endpoints. Named rather than discovered, so that the gateway starts without Keycloak. */
    String endpoint(String name) {
        return issuer + "/protocol/openid-connect/" + name;
    }
}
