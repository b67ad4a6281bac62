package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers for a database that fails in a filter, where no advice reaches: the container would hand the fault to a page of its own, which
 * nobody may see.
 */
final class FaultFilter extends OncePerRequestFilter {

    private final JsonMapper json;

    FaultFilter(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException e) {
            var fault = StoreFaults.in(e);
            if (fault.isEmpty() || response.isCommitted()) {
                throw e;
            }
            var problem = StoreFaults.problem(fault.get());
            response.resetBuffer();
            response.setStatus(problem.getStatus());
            response.setContentType("application/problem+json");
            response.setHeader(HttpHeaders.RETRY_AFTER, StoreFaults.RETRY_AFTER_SECONDS);
            response.getOutputStream().write(json.writeValueAsBytes(Problems.plain(problem)));
        }
    }
}
