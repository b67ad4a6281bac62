package menara.gateway.routes;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import menara.gateway.Service;
import menara.gateway.limits.RequestBody;
import menara.gateway.problems.Problem;
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
 * (a body too large, an upload that stalls) does not count against the service: it must not be able to shut the door for everybody.
 */
final class GuardedCall implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedCall.class);

    /** A service that answers these says itself that it cannot serve. A 500 may be one request's fault, so it does not count. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final Service service;
    private final CircuitBreaker breaker;
    private final Duration pause;

    /** @param pause what to tell clients to wait when the service is away */
    GuardedCall(Service service, CircuitBreaker breaker, Duration pause) {
        this.service = service;
        this.breaker = breaker;
        this.pause = pause;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (!breaker.tryAcquirePermission()) {
            return unavailable().answer();
        }
        long started = breaker.getCurrentTimestamp();
        try {
            ServerResponse answer = next.handle(request);
            finished(started, AWAY.contains(answer.statusCode().value()));
            return answer;
        } catch (ResourceAccessException failure) {
            return failed(request, failure, started).answer();
        } catch (RuntimeException ours) {
            breaker.releasePermission();
            throw ours;
        }
    }

    private void finished(long started, boolean away) {
        long took = breaker.getCurrentTimestamp() - started;
        TimeUnit unit = breaker.getTimestampUnit();
        if (away) {
            breaker.onError(took, unit, new IOException("the service says it is away"));
        } else {
            breaker.onSuccess(took, unit);
        }
    }

    private Problem failed(ServerRequest request, ResourceAccessException failure, long started) {
        Optional<Problem> clients = RequestBody.refusalOf(request.servletRequest());
        if (clients.isPresent()) {
            breaker.releasePermission();
            return clients.get();
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ConnectionRequestTimeoutException) {
            // Our pool is full; the service may be well.
            breaker.releasePermission();
            return unavailable();
        }
        breaker.onError(breaker.getCurrentTimestamp() - started, breaker.getTimestampUnit(), cause);
        LOG.warn("{} did not answer: {}", service.label(), cause.toString());
        boolean slow = cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException);
        return slow ? tooSlow() : unavailable();
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
