package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import menara.platform.security.Caller;
import menara.platform.security.CallerArgumentResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits the requests of one party under way at a time, so that other parties need not wait. */
final class OpenRequestsFilter extends OncePerRequestFilter {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PartyLimit underWay;

    OpenRequestsFilter(int maxPerParty) {
        this.underWay = new PartyLimit(maxPerParty, Long.MAX_VALUE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var party = CallerArgumentResolver.current().map(Caller::party);
        if (party.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (underWay.take(party.get(), 1) != PartyLimit.Place.TAKEN) {
            refusal().writeTo(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            underWay.giveBack(party.get(), 1);
        }
    }

    private Problem refusal() {
        return Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-open-requests",
                        "%d requests of yours are under way; send this one when one of them is answered"
                                .formatted(underWay.perParty()))
                .retryAfter(PAUSE);
    }
}
