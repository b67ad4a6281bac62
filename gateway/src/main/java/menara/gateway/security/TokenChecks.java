package menara.gateway.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import menara.gateway.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * What makes an access token good enough to be let in: RS256 by a key of the realm, its issuer, its times, and at least one service it is
 * meant for. That the service is the right one, each service checks itself.
 */
@Configuration(proxyBeanMethods = false)
class TokenChecks {

    private static final String KIND = "typ";
    private static final String ACCESS_TOKEN = "Bearer";
    /** A key set is a few kilobytes; more is not a key set. */
    private static final int KEY_SET_LIMIT_BYTES = 64 * 1024;
    /** Keys stay good this long while Keycloak is away. */
    private static final Duration OUTAGE = Duration.ofHours(1);
    /** Tokens with made-up key ids must not become a stream of requests to Keycloak. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(15);

    @Bean
    JwtDecoder tokenDecoder(
            IdentityProperties identity, GatewayProperties gateway, JWKSource<SecurityContext> realmKeys) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(realmKeys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                JwtValidators.createDefaultWithIssuer(identity.issuer().toString()),
                new JwtClaimValidator<Object>(JwtClaimNames.SUB, Objects::nonNull),
                // A token without an end would be good for ever; Spring lets it pass.
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<Object>(
                        JwtClaimNames.AUD, audience -> meantForOneOf(gateway.audiences(), audience)),
                TokenChecks::isForComingIn)));
        return token -> decode(decoder, token);
    }

    /** ID tokens are of the same realm, by the same keys. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokenDecoders(JWKSource<SecurityContext> realmKeys) {
        return registration -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(realmKeys)
                    .jwsAlgorithm(SignatureAlgorithm.RS256)
                    .build();
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
            decoder.setClaimSetConverter(
                    new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
            return decoder;
        };
    }

    @Bean
    JWKSource<SecurityContext> realmKeys(IdentityProperties identity, GatewayProperties gateway)
            throws MalformedURLException {
        int timeoutMillis = Math.toIntExact(gateway.timeouts().identity().toMillis());
        return JWKSourceBuilder.create(identity.jwkSetUri().toURL(), new DirectRetriever(timeoutMillis))
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    /** Keys come from the address that was configured and from no other. */
    private static final class DirectRetriever extends DefaultResourceRetriever {

        DirectRetriever(int timeoutMillis) {
            super(timeoutMillis, timeoutMillis, KEY_SET_LIMIT_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    private static boolean meantForOneOf(Set<String> audiences, Object audience) {
        return audience instanceof List<?> named && !Collections.disjoint(named, audiences);
    }

    /** Keycloak says in each token what it is good for: an ID or a refresh token is none to come in with. */
    private static OAuth2TokenValidatorResult isForComingIn(Jwt token) {
        return ACCESS_TOKEN.equals(token.getClaims().getOrDefault(KIND, ACCESS_TOKEN))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
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
