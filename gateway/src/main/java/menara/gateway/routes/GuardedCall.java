package menara.gateway.routes;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import menara.gateway.Service;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import menara.platform.web.Problem;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * One call of a service behind its breaker, on the request's own thread, and never a second one. What a client does to its own request
 * does not count against the service, and one party alone cannot open the breaker ({@link Blame}) or take all probes that decide whether
 * the service is back: it must not cut the service off for all.
 */
final class GuardedCall implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedCall.class);

    /** With these a service reports that it cannot serve. A 500 may be one request's fault, so it does not count. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final Service service;
    private final CircuitBreaker breaker;
    private final Duration pause;
    private final Blame blame = new Blame();
    /** Parties with a probe on its way. */
    private final Set<String> probing = ConcurrentHashMap.newKeySet();

    /** @param pause wait that clients are told when the service fails */
    GuardedCall(Service service, CircuitBreaker breaker, Duration pause) {
        this.service = service;
        this.breaker = breaker;
        this.pause = pause;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        String party = Callers.current().map(Party::limitKey).orElse("");
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
            return call(party, request, next);
        }
        // One party gets only one of the probes: its slow query must not be the only evidence.
        if (!probing.add(party)) {
            return unavailable().answer();
        }
        try {
            return call(party, request, next);
        } finally {
            probing.remove(party);
        }
    }

    private ServerResponse call(String party, ServerRequest request, HandlerFunction<ServerResponse> next)
            throws Exception {
        if (!breaker.tryAcquirePermission()) {
            return unavailable().answer();
        }
        long started = breaker.getCurrentTimestamp();
        try {
            ServerResponse answer = next.handle(request);
            if (AWAY.contains(answer.statusCode().value())) {
                maybeFailed(party, started, new IOException("the service reports that it cannot serve"));
            } else {
                breaker.onSuccess(took(started), breaker.getTimestampUnit());
            }
            return answer;
        } catch (ResourceAccessException failure) {
            return failed(party, failure, started).answer();
        } catch (RuntimeException ours) {
            breaker.releasePermission();
            throw ours;
        }
    }

    private Problem failed(String party, ResourceAccessException failure, long started) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ConnectionRequestTimeoutException) {
            // The gateway's pool is full; the service may be well.
            breaker.releasePermission();
            return unavailable();
        }
        LOG.warn("{} did not answer: {}", service.label(), cause.toString());
        if (isNotThere(cause)) {
            breaker.onError(took(started), breaker.getTimestampUnit(), cause);
            return unavailable();
        }
        maybeFailed(party, started, cause);
        return cause instanceof SocketTimeoutException ? tooSlow() : unavailable();
    }

    /** No request can cause a service to refuse connections. */
    private static boolean isNotThere(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException;
    }

    private void maybeFailed(String party, long started, Throwable cause) {
        if (blame.isTheServices(party)) {
            breaker.onError(took(started), breaker.getTimestampUnit(), cause);
        } else {
            breaker.releasePermission();
        }
    }

    private long took(long started) {
        return breaker.getCurrentTimestamp() - started;
    }

    private Problem unavailable() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "service-unavailable",
                        "The %s service does not answer now; repeat the request after the time in Retry-After."
                                .formatted(service.label()))
                .about("service", service.label())
                .retryAfter(pause);
    }

    private Problem tooSlow() {
        return Problem.of(
                        HttpStatus.GATEWAY_TIMEOUT,
                        "service-timeout",
                        "The %s service did not answer in time; what was asked for may have happened or not."
                                .formatted(service.label()))
                .about("service", service.label());
    }
}
