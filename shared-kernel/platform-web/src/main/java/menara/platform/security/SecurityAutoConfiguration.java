package menara.platform.security;

import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAnyAuthority;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Arrays;
import menara.platform.web.Problem;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.client.RestTemplate;

/** Each service validates every token itself and admits only routes of its route table. */
@AutoConfiguration
@ConditionalOnProperty("menara.service")
@EnableConfigurationProperties(SecurityAutoConfiguration.SecurityProperties.class)
class SecurityAutoConfiguration {

    private static final String KIND = "typ";
    private static final String ACCESS_TOKEN = "Bearer";
    private static final Duration KEYS_LIMIT = Duration.ofSeconds(5);

    /**
     * @param issuer the realm, exactly as in tokens
     * @param jwkSetUri address of its keys; fetched when the first token comes, so that a service starts without Keycloak
     * @param audience audience that a token must have
     */
    @ConfigurationProperties("menara.security")
    record SecurityProperties(String issuer, String jwkSetUri, String audience) {}

    private static final String[] CONFINED = Arrays.stream(Role.values())
            .filter(role -> role.sight() == Role.Sight.CONFINED)
            .map(Role::name)
            .toArray(String[]::new);

    @Bean
    JwtDecoder jwtDecoder(SecurityProperties properties) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri())
                .restOperations(new RestTemplate(new KeyRequests()))
                .build();
        var validator = new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()),
                new JwtAudienceValidator(properties.audience()),
                SecurityAutoConfiguration::isAccessTokenWithAnEnd);
        decoder.setJwtValidator(validator);
        return new KnownTokens(decoder, validator, Ticker.systemTicker());
    }

    /** Each request is measured once, as a whole: timers around every filter would cost a tenth of it and are of no use. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * A token without an expiry would be valid for ever. Keycloak names the type of each token: an ID or refresh token is not an access
     * token.
     */
    private static OAuth2TokenValidatorResult isAccessTokenWithAnEnd(Jwt token) {
        return token.getExpiresAt() != null
                        && ACCESS_TOKEN.equals(token.getClaims().getOrDefault(KIND, ACCESS_TOKEN))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
    }

    /** Keys are fetched only from the configured address, without redirects. */
    private static final class KeyRequests extends SimpleClientHttpRequestFactory {

        KeyRequests() {
            setConnectTimeout(KEYS_LIMIT);
            setReadTimeout(KEYS_LIMIT);
        }

        @Override
        protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
            super.prepareConnection(connection, method);
            connection.setInstanceFollowRedirects(false);
        }
    }

    @Bean
    SecurityFilterChain resourceServer(HttpSecurity http, RouteTable table) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable) // without cookies and sessions no forged request can use them
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> {
                    // Health and metrics listen on loopback beside the API; the gateway does not route to them.
                    requests.requestMatchers(
                                    "/actuator/health/**", "/actuator/health", "/actuator/prometheus", "/actuator/info")
                            .permitAll();
                    requests.requestMatchers("/api/*/openapi", "/api/*/openapi/**", "/api/*/asyncapi")
                            .permitAll();
                    requests.requestMatchers("/actuator/parked", "/actuator/parked/**")
                            .access(ofTheHouse(Role.OPERATOR.name()));
                    for (var route : table.routes()) {
                        for (var method : route.methods()) {
                            requests.requestMatchers(PathPatternRequestMatcher.withDefaults()
                                            .matcher(method, route.pattern()))
                                    .access(
                                            route.isOfTheHouse()
                                                    ? ofTheHouse(authorities(route))
                                                    : hasAnyAuthority(authorities(route)));
                        }
                    }
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter()))
                        .authenticationEntryPoint((_, response, refused) -> refuse(response, refused))
                        .withObjectPostProcessor(refusing()))
                .exceptionHandling(errors -> errors.accessDeniedHandler((request, response, _) -> {
                    var refusal = RefusedRoute.of(request, table);
                    refusal.allowed().ifPresent(methods -> response.setHeader("Allow", methods));
                    refusal.problem().writeTo(response);
                }))
                .build();
    }

    private static void refuse(HttpServletResponse response, AuthenticationException refused) throws IOException {
        if (refused instanceof AuthenticationServiceException) {
            Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "identity-provider-unavailable",
                            "tokens cannot be checked because the identity provider does not answer")
                    .retryAfter(KEYS_LIMIT)
                    .writeTo(response);
            return;
        }
        Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "unauthenticated",
                        "send a valid access token of this realm, meant for this service, as Authorization: Bearer")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .writeTo(response);
    }

    /** Spring's default throws if keys cannot be fetched, past the code that would answer. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> refusing() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler((_, response, refused) -> refuse(response, refused));
                return filter;
            }
        };
    }

    private static String[] authorities(RouteTable.Route route) {
        var readers = java.util.EnumSet.copyOf(route.roles());
        if (route.method().equals(HttpMethod.GET)) {
            readers.add(Role.AUDITOR); // an auditor reads everything and changes nothing
        }
        return readers.stream().map(Role::name).toArray(String[]::new);
    }

    /** One of these roles, and none that confines to a party. */
    private static AuthorizationManager<RequestAuthorizationContext> ofTheHouse(String... roles) {
        return AuthorizationManagers.allOf(
                hasAnyAuthority(roles), AuthorizationManagers.not(hasAnyAuthority(CONFINED)));
    }

    private static JwtAuthenticationConverter converter() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> CallerArgumentResolver.rolesOf(token).stream()
                .map(role -> new SimpleGrantedAuthority(role.name()))
                .collect(java.util.stream.Collectors.toList()));
        return converter;
    }
}
