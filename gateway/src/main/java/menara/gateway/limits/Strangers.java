package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import menara.gateway.party.Callers;
import org.springframework.stereotype.Component;

/**
 * Requests of nobody who is known. One too many is 429 {@code too-many-requests} after a pause: a client that asks again as soon as it
 * has its answer would otherwise be refused as fast as the machine can, and take the machine from those who are known.
 */
@Component
public final class Strangers {

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** They hold a connection each; whoever is one more is refused at once. */
    private static final int PAUSING = 64;

    private final RateLimits limits;
    private final Semaphore pausing = new Semaphore(PAUSING);

    Strangers(RateLimits limits) {
        this.limits = limits;
    }

    /** Whether the request brings neither a token nor the cookie of a session that is there. */
    static boolean sent(HttpServletRequest request) {
        return !Callers.bringsToken(request) && request.getSession(false) == null;
    }

    /** Counts one request, or one refused token, against its address and against all strangers; true if the 429 has been written. */
    public boolean refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Duration> wait = limits.exceededByStranger(request.getRemoteAddr());
        if (wait.isPresent()) {
            pause();
            TooManyRequests.after(wait.get()).writeTo(response);
        }
        return wait.isPresent();
    }

    private void pause() {
        if (pausing.tryAcquire()) {
            try {
                LockSupport.parkNanos(PAUSE.toNanos());
            } finally {
                pausing.release();
            }
        }
    }
}
