package menara.gateway.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import menara.gateway.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * What makes an access token good enough to be let in: RS256 by a key of the realm, its issuer, its times, and at least one service it is
 * meant for. That the service is the right one, each service checks itself.
 */
@Configuration(proxyBeanMethods = false)
class TokenChecks {

    /** A key set is a few kilobytes; more is not a key set. */
    private static final int KEY_SET_LIMIT_BYTES = 64 * 1024;
    /** Keys stay good this long while Keycloak is away. */
    private static final Duration OUTAGE = Duration.ofHours(1);
    /** Tokens with made-up key ids must not become a stream of requests to Keycloak. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(15);

    @Bean
    JwtDecoder tokenDecoder(IdentityProperties identity, GatewayProperties gateway) throws MalformedURLException {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys(identity, gateway))
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                JwtValidators.createDefaultWithIssuer(identity.issuer().toString()),
                new JwtClaimValidator<Object>(JwtClaimNames.SUB, Objects::nonNull),
                // A token without an end would be good for ever; Spring lets it pass.
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<Object>(
                        JwtClaimNames.AUD, audience -> meantForOneOf(gateway.audiences(), audience)))));
        return token -> decode(decoder, token);
    }

    private static JWKSource<SecurityContext> keys(IdentityProperties identity, GatewayProperties gateway)
            throws MalformedURLException {
        int timeoutMillis = Math.toIntExact(gateway.timeouts().identity().toMillis());
        return JWKSourceBuilder.create(
                        identity.jwkSetUri().toURL(),
                        new DefaultResourceRetriever(timeoutMillis, timeoutMillis, KEY_SET_LIMIT_BYTES))
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    private static boolean meantForOneOf(Set<String> audiences, Object audience) {
        return audience instanceof List<?> named && !Collections.disjoint(named, audiences);
    }

    private static Jwt decode(NimbusJwtDecoder decoder, String token) {
        try {
            return decoder.decode(token);
        } catch (JwtException refused) {
            // Only "Keycloak cannot be asked" may count as our failure; an unknown key asked for too often is the
            // token's.
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                if (cause instanceof RateLimitReachedException) {
                    throw new BadJwtException("unknown key", refused);
                }
            }
            throw refused;
        }
    }
}
