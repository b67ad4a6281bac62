package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import menara.platform.web.Problem;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 429 {@code too-many-at-once} when a party's share is full. It stands around everything that a request costs, from the body's arrival to
 * the last byte that a slow reader takes, and comes after the security chains, which identify the party.
 */
@Component
@Order(-1)
class PartyShareFilter extends OncePerRequestFilter {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PartyShares shares;

    PartyShareFilter(PartyShares shares) {
        this.shares = shares;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Party> party = Callers.current();
        if (party.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        PartyShares.Work<ServletException, IOException> work = () -> chain.doFilter(request, response);
        if (!shares.within(party.get().limitKey(), HeavyQueries.is(request), work)) {
            Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-at-once",
                            "Too many of your requests are being worked on; repeat this one when others have been answered.")
                    .retryAfter(PAUSE)
                    .writeTo(response);
        }
    }
}
