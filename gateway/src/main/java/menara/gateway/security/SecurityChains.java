package menara.gateway.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import menara.gateway.GatewayProperties;
import menara.gateway.limits.RateLimitFilter;
import menara.gateway.limits.RateLimits;
import menara.gateway.limits.Strangers;
import menara.gateway.party.Callers;
import menara.gateway.refusals.Refusals;
import menara.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.client.RestClient;

/** The two security chains. Services check roles; the gateway only requires an authenticated caller. */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    private static final String[] PAGES = {"/", "/index.html", "/portal/**", "/favicon.ico"};

    /** Machines, which authenticate with each request. No session is kept, so cross-site requests cannot use one. */
    @Bean
    @Order(1)
    SecurityFilterChain bearer(HttpSecurity http, RateLimits rates, Strangers strangers) throws Exception {
        RefusedAnswers refused = new RefusedAnswers(strangers);
        common(http)
                .securityMatcher(Callers::bringsToken)
                .addFilterBefore(new RateLimitFilter(rates, strangers), AuthorizationFilter.class)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(refused::badToken)
                        .accessDeniedHandler(RefusedAnswers::notAllowed)
                        .jwt(jwt -> {})
                        .withObjectPostProcessor(failingTo(refused)));
        return http.build();
    }

    /** People: an opaque session cookie, tokens kept in the gateway only, and a CSRF token. */
    @Bean
    @Order(2)
    SecurityFilterChain session(
            HttpSecurity http,
            RateLimits rates,
            Strangers strangers,
            IdentityProperties identity,
            OAuth2AuthorizedClientRepository tokens,
            RestClient keycloakRest,
            SignIn signIn,
            SignInCookie signInCookie,
            PortalSessions sessions,
            CookieNames cookies)
            throws Exception {
        common(http)
                .addFilterBefore(new LongestSession(sessions), SecurityContextHolderFilter.class)
                // The sign-in callback calls Keycloak and checks tokens for any client, so it is counted first.
                .addFilterBefore(new RateLimitFilter(rates, strangers), OAuth2AuthorizationRequestRedirectFilter.class)
                .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie(cookies)))
                .oauth2Login(login -> login.loginPage("/")
                        .authorizationEndpoint(start ->
                                start.authorizationRequestResolver(signIn).authorizationRequestRepository(signInCookie))
                        .successHandler(sessions::signedIn)
                        .failureHandler(SecurityChains::notSignedIn))
                .logout(logout -> logout.logoutUrl("/logout")
                        .addLogoutHandler(new KeycloakLogout(tokens, keycloakRest, identity.endpoint("logout")))
                        .deleteCookies(cookies.session())
                        .logoutSuccessHandler(SecurityChains::loggedOut));
        return http.build();
    }

    /** Spring's default throws if keys cannot be fetched, past the code that would answer. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> failingTo(RefusedAnswers refused) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(refused::badToken);
                return filter;
            }
        };
    }

    private static HttpSecurity common(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(SecurityChains::whoMayGoWhere)
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                // Written before the chains, also for requests that never reach them.
                .headers(AbstractHttpConfigurer::disable)
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(RefusedAnswers::notSignedIn)
                        .accessDeniedHandler(RefusedAnswers::notAllowed));
    }

    private static void whoMayGoWhere(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers("/api/**")
                .authenticated()
                .requestMatchers(HttpMethod.GET, PAGES)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, PAGES)
                .permitAll()
                .requestMatchers("/actuator/health/**", "/actuator/prometheus")
                .access((caller, context) -> new AuthorizationDecision(fromThisMachine(context.getRequest())))
                .anyRequest()
                .denyAll();
    }

    // Not an identity check: it keeps metrics from outside when the gateway is bound to more than loopback.
    private static boolean fromThisMachine(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }

    private static CookieCsrfTokenRepository csrfCookie(CookieNames cookies) {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookieName(cookies.csrf());
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return repository;
    }

    /** Spring's own would make a session to keep the reason in. */
    private static void notSignedIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        Refusals.failedToSignIn(request);
        response.sendRedirect("/?login=failed");
    }

    private static void loggedOut(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who) {
        // Cookies are not among it: browsers would take those of Keycloak on the same domain as well.
        response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** A path or header the firewall refuses ({@code //}, {@code ;}, encoded slashes) is the client's mistake. */
    @Bean
    RequestRejectedHandler rejectedPaths() {
        return (request, response, rejected) -> Problem.of(
                        HttpStatus.BAD_REQUEST, "malformed-request", "The path or a header is not in plain form.")
                .writeTo(response);
    }

    /** Figures of each filter by itself are an eighth of what a request costs, and nobody looks at them. */
    @Bean
    SecurityObservationSettings requestsAreObservedAsAWhole() {
        return SecurityObservationSettings.noObservations();
    }

    /** The session cookie is Secure when TLS ends in front of the gateway, too. */
    @Bean
    ServletContextInitializer sessionCookie(GatewayProperties gateway, CookieNames cookies) {
        return context -> {
            context.getSessionCookieConfig().setName(cookies.session());
            context.getSessionCookieConfig().setSecure(gateway.https());
        };
    }
}
