package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers when the database fails in a filter, which no advice covers: the container would show its own error page, which no caller may
 * see.
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
