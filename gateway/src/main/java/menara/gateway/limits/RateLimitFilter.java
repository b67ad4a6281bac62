package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import menara.gateway.limits.RateLimits.Allowance;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import menara.gateway.problems.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One request too many of a party, or of an address that nobody signed in for, is 429 {@code too-many-requests}. It stands inside the
 * security chains, behind authentication; so it is no bean, or the server would register it a second time.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final List<String> paths;

    /** @param paths beginnings of the paths that count */
    public RateLimitFilter(RateLimits limits, String... paths) {
        this.limits = limits;
        this.paths = List.of(paths);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return paths.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> wait = Callers.current()
                .map(party -> exceeded(request, party))
                .orElseGet(() -> limits.exceeded(Allowance.ADDRESS, request.getRemoteAddr()));
        if (wait.isPresent()) {
            refuse(response, wait.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Counts one refused token against the client's address; true if the 429 has been written. */
    public boolean refusedForAddress(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Duration> wait = limits.exceeded(Allowance.ADDRESS, request.getRemoteAddr());
        if (wait.isPresent()) {
            refuse(response, wait.get());
        }
        return wait.isPresent();
    }

    private Optional<Duration> exceeded(HttpServletRequest request, Party party) {
        Allowance allowance = UsageIntake.is(request) ? Allowance.INTAKE : Allowance.PARTY;
        int cost = HeavyQueries.is(request) ? HeavyQueries.COST : 1;
        return limits.exceeded(allowance, party.limitKey(), cost);
    }

    private static void refuse(HttpServletResponse response, Duration wait) throws IOException {
        Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "The allowance is used up; repeat the request after the time in Retry-After.")
                .retryAfter(wait)
                .writeTo(response);
    }
}
