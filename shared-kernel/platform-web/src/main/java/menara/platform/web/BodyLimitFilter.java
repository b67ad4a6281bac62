package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import menara.platform.security.CallerArgumentResolver;
import menara.platform.security.RouteTable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the length of each body to that of its route, announced or not, and the bytes of all bodies together. It comes after
 * authorization, so that no byte is read from a caller without rights, or on a route that does not exist.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final RouteTable table;
    private final BodiesInFlight inFlight;

    BodyLimitFilter(RouteTable table, BodiesInFlight inFlight) {
        this.table = table;
        this.inFlight = inFlight;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!hasBody) {
            chain.doFilter(request, response);
            return;
        }
        long maxBytes = table.maxBodyBytes(request);
        if (request.getContentLengthLong() > maxBytes) {
            BodyRefused.tooLarge(maxBytes).problem().writeTo(response);
            return;
        }
        var party =
                CallerArgumentResolver.current().map(caller -> caller.party()).orElse("");
        var metered = new MeteredBody(request, maxBytes, inFlight, party);
        try {
            chain.doFilter(metered, response);
        } catch (BodyRefused refused) {
            refused.problem().writeTo(response);
        } finally {
            metered.release();
        }
    }
}
