package menara.gateway.party;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** The party of the current request, whichever way it came in. */
public final class Callers {

    private static final String SEEN = Callers.class.getName();

    private Callers() {}

    public static Optional<Party> current() {
        return partyOf(SecurityContextHolder.getContext().getAuthentication());
    }

    /** Stores the party in the request, for code that runs after the request, when the caller is no longer signed in. */
    public static void see(ServletRequest request, Party party) {
        request.setAttribute(SEEN, party.limitKey());
    }

    /** The party of the request, if it is known. */
    public static Optional<String> seen(ServletRequest request) {
        return Optional.ofNullable(request.getAttribute(SEEN)).map(String::valueOf);
    }

    /** Whether the request has a bearer token, valid or not: then only the token identifies the caller. */
    public static boolean bringsToken(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer");
    }

    private static Optional<Party> partyOf(@Nullable Authentication authentication) {
        if (authentication instanceof JwtAuthenticationToken bearer) {
            return Optional.of(Party.of(bearer.getToken()));
        }
        return authentication != null && authentication.getPrincipal() instanceof PortalUser user
                ? Optional.of(user.party())
                : Optional.empty();
    }
}
