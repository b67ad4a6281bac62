package menara.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The access token of the current request: the one a machine sent, or the one its session holds, refreshed when it is about to expire.
 * Refresh tokens are good for one use, so one of a page's parallel requests refreshes and the others wait for it: otherwise Keycloak would
 * take the second use for theft and end the session.
 */
@Component
public class AccessTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final OAuth2AuthorizedClientManager tokens;
    private final Clock clock;

    AccessTokens(OAuth2AuthorizedClientManager tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    public Access of(HttpServletRequest request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller instanceof JwtAuthenticationToken machine) {
            return new Access.Token(machine.getToken().getTokenValue());
        }
        HttpSession session = request.getSession(false);
        if (!(caller instanceof OAuth2AuthenticationToken person) || session == null) {
            return new Access.Refused(RefusedAnswers.notSignedIn());
        }
        synchronized (WebUtils.getSessionMutex(session)) {
            return ofSession(session, person, request);
        }
    }

    private Access ofSession(HttpSession session, OAuth2AuthenticationToken person, HttpServletRequest request) {
        try {
            OAuth2AuthorizedClient client =
                    tokens.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(PortalClient.REGISTRATION)
                            .principal(person)
                            .attribute(HttpServletRequest.class.getName(), request)
                            .build());
            Instant now = clock.instant();
            return client == null || isOver(client.getAccessToken().getExpiresAt(), now)
                    ? expired(session)
                    : new Access.Token(client.getAccessToken().getTokenValue());
        } catch (OAuth2AuthorizationException refused) {
            if (OAuth2ErrorCodes.INVALID_GRANT.equals(refused.getError().getErrorCode())) {
                return expired(session);
            }
            LOG.warn("the access token could not be refreshed: {}", refused.getMessage());
            return new Access.Refused(RefusedAnswers.keysMissing());
        } catch (OAuth2AuthenticationException refused) {
            LOG.warn("the refreshed tokens were refused: {}", refused.getMessage());
            return expired(session);
        }
    }

    private static boolean isOver(@Nullable Instant end, Instant now) {
        return end != null && !now.isBefore(end);
    }

    private static Access expired(HttpSession session) {
        session.invalidate();
        return new Access.Refused(RefusedAnswers.notSignedIn().about("reason", "the session has ended; sign in again"));
    }
}
