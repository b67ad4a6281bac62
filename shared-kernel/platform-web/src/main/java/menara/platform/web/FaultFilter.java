package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers for a database that fails in a filter, where no advice reaches: the container would hand the fault to a page of its own, which
 * no caller may see.
 */
final class FaultFilter extends OncePerRequestFilter {

    private final ObjectProvider<TemporaryFaults> temporary;

    FaultFilter(ObjectProvider<TemporaryFaults> temporary) {
        this.temporary = temporary;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            temporary.stream()
                    .flatMap(kind -> kind.answerTo(e).stream())
                    .findFirst()
                    .orElseThrow(() -> e)
                    .writeTo(response);
        }
    }
}
