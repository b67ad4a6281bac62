package menara.gateway.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import menara.gateway.GatewayProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has to be remembered between a person's leaving for Keycloak and coming back, sealed and kept by that person's browser: strangers
 * may start to sign in as often as they like, and nothing of it is kept here. Only the gateway that sealed it can open it, and not for
 * long; that it is used once, Keycloak sees to, whose code is good for one use.
 */
@Component
class SignInCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /** Where Keycloak sends the browser back to; nobody else needs it. */
    private static final String BACK = "/login/oauth2/code/" + PortalClient.REGISTRATION;
    /** Enough for a person who looks for a password; Keycloak's own page is good for as long. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the code's exchange needs of the request that was sent to Keycloak. */
    private record Leaving(
            String authorizationUri,
            String clientId,
            String redirectUri,
            String state,
            String nonce,
            String verifier,
            Instant at) {}

    private final Seal seal = new Seal();
    private final Clock clock;
    private final String name;
    private final String path;
    private final boolean secure;

    SignInCookie(GatewayProperties gateway, CookieNames names, Clock clock) {
        this.clock = clock;
        this.name = names.signIn();
        this.secure = gateway.https();
        // A cookie of this host alone is one for all its paths.
        this.path = secure ? "/" : BACK;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, name);
        return cookie == null
                ? null
                : seal.open(cookie.getValue())
                        .flatMap(SignInCookie::read)
                        .filter(leaving -> clock.instant().isBefore(leaving.at().plus(GOOD_FOR)))
                        .filter(leaving -> leaving.state().equals(request.getParameter(OAuth2ParameterNames.STATE)))
                        .map(SignInCookie::asRequest)
                        .orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            remove(response);
            return;
        }
        Map<String, Object> attributes = asked.getAttributes();
        Leaving leaving = new Leaving(
                asked.getAuthorizationUri(),
                asked.getClientId(),
                String.valueOf(asked.getRedirectUri()),
                String.valueOf(asked.getState()),
                String.valueOf(attributes.get(OidcParameterNames.NONCE)),
                String.valueOf(attributes.get(PkceParameterNames.CODE_VERIFIER)),
                clock.instant());
        set(response, seal.close(JSON.writeValueAsBytes(leaving)), GOOD_FOR);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
        if (asked != null) {
            remove(response);
        }
        return asked;
    }

    private void remove(HttpServletResponse response) {
        set(response, "", Duration.ZERO);
    }

    private void set(HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path(path)
                        .maxAge(age)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private static Optional<Leaving> read(byte[] opened) {
        try {
            return Optional.of(JSON.readValue(opened, Leaving.class));
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    private static OAuth2AuthorizationRequest asRequest(Leaving leaving) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(leaving.authorizationUri())
                .clientId(leaving.clientId())
                .redirectUri(leaving.redirectUri())
                .state(leaving.state())
                .scope("openid")
                .attributes(attributes -> attributes.putAll(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID,
                        PortalClient.REGISTRATION,
                        OidcParameterNames.NONCE,
                        leaving.nonce(),
                        PkceParameterNames.CODE_VERIFIER,
                        leaving.verifier())))
                .build();
    }
}
