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
 * Lets in bodies as long as their route takes, announced or not, and as many as fit beside each other. It comes after authorization: of who
 * may not call, or calls where there is nothing, no byte is read.
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
