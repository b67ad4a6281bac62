package menara.gateway.security;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import menara.gateway.GatewayProperties;
import menara.gateway.party.Party;
import menara.gateway.party.PortalUser;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestClient;

/** The gateway as Keycloak's client: authorization code with PKCE, tokens kept in the server-side session and refreshed there. */
@Configuration(proxyBeanMethods = false)
class PortalClient {

    static final String REGISTRATION = "keycloak";

    /** A token that would expire while a service works on the request is refreshed before. */
    private static final Duration REFRESH_BEFORE_EXPIRY = Duration.ofSeconds(10);

    @Bean
    ClientRegistrationRepository keycloakClient(IdentityProperties identity, GatewayProperties gateway) {
        boolean confidential = !gateway.clientSecret().isEmpty();
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(gateway.clientId())
                .clientSecret(gateway.clientSecret())
                .clientAuthenticationMethod(
                        confidential ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .scope(OidcScopes.OPENID, OidcScopes.PROFILE)
                .redirectUri(base(gateway.publicUri()) + "/login/oauth2/code/{registrationId}")
                .issuerUri(identity.issuer().toString())
                .authorizationUri(identity.endpoint("auth"))
                .tokenUri(identity.endpoint("token"))
                .jwkSetUri(identity.jwkSetUri().toString())
                .userNameAttributeName("sub")
                .build());
    }

    private static String base(@org.jspecify.annotations.Nullable URI publicUri) {
        return publicUri == null ? "{baseUrl}" : publicUri.toString().replaceAll("/+$", "");
    }

    /** Stored in the session, so that a logout removes exactly this browser's tokens. */
    @Bean
    OAuth2AuthorizedClientRepository sessionTokens() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    RestClient keycloakRest(GatewayProperties gateway) {
        Duration timeout = gateway.timeouts().identity();
        ClientHttpRequestFactory connections = ClientHttpRequestFactoryBuilder.jdk()
                .build(HttpClientSettings.defaults()
                        .withTimeouts(timeout, timeout)
                        // Codes, secrets and refresh tokens go only to the configured address.
                        .withRedirects(HttpRedirects.DONT_FOLLOW));
        return RestClient.builder()
                .requestFactory(connections)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeExchange(RestClient keycloakRest) {
        var exchange = new RestClientAuthorizationCodeTokenResponseClient();
        exchange.setRestClient(keycloakRest);
        return exchange;
    }

    @Bean
    OAuth2AuthorizedClientManager refreshingTokens(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository sessionTokens,
            RestClient keycloakRest,
            ApplicationEventPublisher events,
            Clock clock) {
        var exchange = new RestClientRefreshTokenTokenResponseClient();
        exchange.setRestClient(keycloakRest);
        var refresh = new RefreshTokenOAuth2AuthorizedClientProvider();
        refresh.setAccessTokenResponseClient(exchange);
        refresh.setClock(clock);
        refresh.setClockSkew(REFRESH_BEFORE_EXPIRY);
        // Spring answers the event by renewing the signed-in user, so that a withdrawn role disappears from the portal,
        // too.
        refresh.setApplicationEventPublisher(events);
        var manager = new DefaultOAuth2AuthorizedClientManager(registrations, sessionTokens);
        manager.setAuthorizedClientProvider(new DelegatingOAuth2AuthorizedClientProvider(List.of(refresh)));
        return manager;
    }

    /** Reads roles and organization from the access token, which must pass the same checks as one from outside. */
    @Bean
    OAuth2UserService<OidcUserRequest, OidcUser> portalUsers(JwtDecoder tokenDecoder) {
        OidcUserService claims = new OidcUserService();
        return request -> {
            OidcUser user = claims.loadUser(request);
            try {
                Party party =
                        Party.of(tokenDecoder.decode(request.getAccessToken().getTokenValue()));
                // The full name is for the portal only, so it is not in the token that services see.
                return new PortalUser(user, party.named(user.getFullName()));
            } catch (JwtException refused) {
                throw new OAuth2AuthenticationException(
                        new OAuth2Error("invalid_access_token"), "the access token was refused", refused);
            }
        };
    }
}
