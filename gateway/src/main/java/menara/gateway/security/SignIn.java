package menara.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/** Starts signing in at the one place there is for it. Spring's own takes any name below the path, and fails with a 500 for the others. */
@Component
class SignIn implements OAuth2AuthorizationRequestResolver {

    private static final String BASE = "/oauth2/authorization";
    static final String PATH = BASE + "/" + PortalClient.REGISTRATION;

    private final OAuth2AuthorizationRequestResolver keycloak;

    SignIn(ClientRegistrationRepository registrations) {
        this.keycloak = new DefaultOAuth2AuthorizationRequestResolver(registrations, BASE);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return PATH.equals(request.getRequestURI()) ? keycloak.resolve(request) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        return PortalClient.REGISTRATION.equals(registration) ? keycloak.resolve(request, registration) : null;
    }
}
