package menara.gateway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that has reached its longest duration, before any filter reads the user from it. Not a bean, as it belongs to one chain.
 */
final class LongestSession extends OncePerRequestFilter {

    private final PortalSessions sessions;

    LongestSession(PortalSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            sessions.endIfOver(session);
        }
        chain.doFilter(request, response);
    }
}
