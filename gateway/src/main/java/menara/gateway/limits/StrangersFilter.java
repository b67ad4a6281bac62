package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts strangers at the door, whatever they ask for: finding out what to refuse costs more than refusing. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class StrangersFilter extends OncePerRequestFilter {

    private final Strangers strangers;

    StrangersFilter(Strangers strangers) {
        this.strangers = strangers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Who watches over this machine is asked no less when others ask too much.
        return request.getRequestURI().startsWith("/actuator/") || !Strangers.sent(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!strangers.refused(request, response)) {
            chain.doFilter(request, response);
        }
    }
}
