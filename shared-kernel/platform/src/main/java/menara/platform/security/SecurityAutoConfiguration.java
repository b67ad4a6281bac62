package menara.platform.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import menara.platform.web.Problems;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/** Each service trusts nobody: it validates every token itself and lets in what its route table names, and nothing else. */
@AutoConfiguration
@EnableConfigurationProperties(SecurityAutoConfiguration.SecurityProperties.class)
class SecurityAutoConfiguration {

    /**
     * @param issuer the realm, to the letter as it stands in tokens
     * @param jwkSetUri where its keys are; fetched when the first token comes, so that a service starts without Keycloak
     * @param audience what a token must be meant for
     */
    @ConfigurationProperties("menara.security")
    record SecurityProperties(String issuer, String jwkSetUri, String audience) {}

    @Bean
    JwtDecoder jwtDecoder(SecurityProperties properties) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri()).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()),
                new JwtAudienceValidator(properties.audience())));
        return decoder;
    }

    @Bean
    SecurityFilterChain resourceServer(HttpSecurity http, RouteTable table, JsonMapper json) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable) // no cookie, no session: there is nothing to ride on
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> {
                    // Health and metrics listen on loopback beside the API; the gateway does not route to them.
                    requests.requestMatchers(
                                    "/actuator/health/**", "/actuator/health", "/actuator/prometheus", "/actuator/info")
                            .permitAll();
                    requests.requestMatchers("/api/*/openapi", "/api/*/openapi/**", "/api/*/asyncapi")
                            .permitAll();
                    requests.requestMatchers("/actuator/parked", "/actuator/parked/**")
                            .hasAuthority(Role.OPERATOR.name());
                    for (var route : table.routes()) {
                        for (var method : route.methods()) {
                            requests.requestMatchers(PathPatternRequestMatcher.withDefaults()
                                            .matcher(method, route.pattern()))
                                    .hasAnyAuthority(authorities(route));
                        }
                    }
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter()))
                        .authenticationEntryPoint((_, response, _) -> {
                            response.setHeader("WWW-Authenticate", "Bearer");
                            write(
                                    response,
                                    json,
                                    Problems.of(
                                            HttpStatus.UNAUTHORIZED,
                                            "unauthenticated",
                                            "send a valid access token of this realm, meant for this service, as Authorization: Bearer"));
                        }))
                .exceptionHandling(errors -> errors.accessDeniedHandler((request, response, _) -> {
                    var refusal = RefusedRoute.of(request, table);
                    refusal.allowed().ifPresent(methods -> response.setHeader("Allow", methods));
                    write(response, json, refusal.problem());
                }))
                .build();
    }

    private static String[] authorities(RouteTable.Route route) {
        var readers = java.util.EnumSet.copyOf(route.roles());
        if (route.method().equals(HttpMethod.GET)) {
            readers.add(Role.AUDITOR); // an auditor reads everything and changes nothing
        }
        return readers.stream().map(Role::name).toArray(String[]::new);
    }

    private static JwtAuthenticationConverter converter() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> CallerArgumentResolver.rolesOf(token).stream()
                .map(role -> new SimpleGrantedAuthority(role.name()))
                .collect(java.util.stream.Collectors.toList()));
        return converter;
    }

    private static void write(HttpServletResponse response, JsonMapper json, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType("application/problem+json");
        response.getOutputStream().write(json.writeValueAsBytes(Problems.plain(problem)));
    }
}
