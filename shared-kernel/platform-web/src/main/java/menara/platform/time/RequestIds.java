package menara.platform.time;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import menara.values.Uuid8;

/**
 * Ids made inside a request with an idempotency key are derived from the key, so that a request repeated after a crash makes the same ids
 * and finds its work done.
 */
public final class RequestIds {

    private static final ScopedValue<RequestIds> CURRENT = ScopedValue.newInstance();

    private final UUID seed;
    private final AtomicInteger made = new AtomicInteger();

    private RequestIds(UUID seed) {
        this.seed = seed;
    }

    /** The work of a request. */
    @FunctionalInterface
    public interface Work {
        void run() throws ServletException, IOException;
    }

    public static void derivedFrom(UUID seed, Work work) throws ServletException, IOException {
        try {
            ScopedValue.where(CURRENT, new RequestIds(seed)).call(() -> {
                work.run();
                return seed;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** The next id of the present request; empty outside of one. */
    static Optional<UUID> next() {
        return CURRENT.isBound()
                ? Optional.of(Uuid8.derived(
                        CURRENT.get().seed.toString(),
                        Integer.toString(CURRENT.get().made.getAndIncrement())))
                : Optional.empty();
    }
}
