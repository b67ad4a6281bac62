package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import menara.platform.time.IdFactory;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Uses the correlation id a caller sent, or makes one, and returns it with the answer. */
final class CorrelationFilter extends OncePerRequestFilter {

    private final IdFactory ids;

    CorrelationFilter(IdFactory ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = CorrelationId.settle(Optional.ofNullable(request.getHeader(CorrelationId.HEADER)), ids::next);
        response.setHeader(CorrelationId.HEADER, id);
        try (var _ = MDC.putCloseable(CorrelationId.LOG_KEY, id)) {
            chain.doFilter(request, response);
        }
    }
}
