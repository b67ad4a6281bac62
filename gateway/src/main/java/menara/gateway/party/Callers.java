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

    /** Leaves with the request whose it is, for whoever looks at it when it is over and nobody is signed in any more. */
    public static void see(ServletRequest request, Party party) {
        request.setAttribute(SEEN, party.limitKey());
    }

    /** Whose the request was, if that was found out. */
    public static Optional<String> seen(ServletRequest request) {
        return Optional.ofNullable(request.getAttribute(SEEN)).map(String::valueOf);
    }

    /** Whether the request says by a token who it is, good or bad: then nothing else about it says so. */
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
