package menara.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Ends the person's session in Keycloak, too, by its logout endpoint and the refresh token, from here: the redirect of OpenID Connect
 * RP-Initiated Logout would carry the ID token through the browser.
 */
final class KeycloakLogout implements LogoutHandler {

    private static final Logger LOG = LoggerFactory.getLogger(KeycloakLogout.class);

    private final OAuth2AuthorizedClientRepository tokens;
    private final RestClient keycloak;
    private final String endpoint;

    KeycloakLogout(OAuth2AuthorizedClientRepository tokens, RestClient keycloak, String endpoint) {
        this.tokens = tokens;
        this.keycloak = keycloak;
        this.endpoint = endpoint;
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication == null) {
            return;
        }
        OAuth2AuthorizedClient client = tokens.loadAuthorizedClient(PortalClient.REGISTRATION, authentication, request);
        if (client != null && client.getRefreshToken() != null) {
            end(client, client.getRefreshToken());
        }
    }

    private void end(OAuth2AuthorizedClient client, OAuth2RefreshToken token) {
        var registration = client.getClientRegistration();
        var form = new LinkedMultiValueMap<String, String>();
        form.add("client_id", registration.getClientId());
        if (!registration.getClientSecret().isEmpty()) {
            form.add("client_secret", registration.getClientSecret());
        }
        form.add("refresh_token", token.getTokenValue());
        try {
            keycloak.post()
                    .uri(endpoint)
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientException | OAuth2AuthorizationException notEnded) {
            // The browser's session ends all the same; Keycloak's own ends when it times out.
            LOG.warn("the session in Keycloak could not be ended: {}", notEnded.getMessage());
        }
    }
}
