package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import menara.gateway.limits.RateLimits.Allowance;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One request too many of a party is 429 {@code too-many-requests}. It stands inside the security chains, behind authentication; so it is
 * not a bean, or the server would register it a second time.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final Strangers strangers;

    public RateLimitFilter(RateLimits limits, Strangers strangers) {
        this.limits = limits;
        this.strangers = strangers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Party> party = Callers.current();
        if (party.isEmpty()) {
            // A request without credentials was counted before; one with a session that is not signed in was not.
            if (Strangers.sent(request) || !strangers.refused(request, response)) {
                chain.doFilter(request, response);
            }
            return;
        }
        Callers.see(request, party.get());
        Optional<Duration> wait = exceeded(request, party.get());
        if (wait.isPresent()) {
            TooManyRequests.after(wait.get()).writeTo(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Duration> exceeded(HttpServletRequest request, Party party) {
        Allowance allowance = UsageIntake.is(request) ? Allowance.INTAKE : Allowance.PARTY;
        int cost = HeavyQueries.is(request) ? HeavyQueries.COST : 1;
        return limits.exceeded(allowance, party.limitKey(), cost);
    }
}
