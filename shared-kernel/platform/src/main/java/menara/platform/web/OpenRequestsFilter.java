package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import menara.platform.security.Caller;
import menara.platform.security.CallerArgumentResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** So many requests of one party are under way at a time: who asks for more waits, and the others do not. */
final class OpenRequestsFilter extends OncePerRequestFilter {

    private final UnderWay underWay;
    private final JsonMapper json;

    OpenRequestsFilter(int maxPerParty, JsonMapper json) {
        this.underWay = new UnderWay(maxPerParty, Integer.MAX_VALUE);
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var party = CallerArgumentResolver.current().map(Caller::party);
        if (party.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (underWay.take(party.get()) != UnderWay.Place.TAKEN) {
            refuse(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            underWay.giveBack(party.get());
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        var problem = Problems.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-open-requests",
                "%d requests of yours are under way; send this one when one of them is answered"
                        .formatted(underWay.perParty()));
        response.setStatus(problem.getStatus());
        response.setContentType("application/problem+json");
        response.setHeader("Retry-After", "1");
        response.getOutputStream().write(json.writeValueAsBytes(Problems.plain(problem)));
    }
}
