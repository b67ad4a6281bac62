package menara.gateway.routes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Which failures of a service may be the fault of the request that met them. A call that runs into the time limit, breaks off or is
 * answered with 503 may have asked for too much, so each party's failures count only once in a while: a failing service fails for many, and
 * one party alone cannot open the breaker for all.
 */
final class Blame {

    /** Longer than a service needs to fail for several parties when it is really away. */
    private static final Duration BELIEVED_ONCE_IN = Duration.ofSeconds(30);

    private static final int MOST_PARTIES = 10_000;

    private final Cache<String, Boolean> believed = Caffeine.newBuilder()
            .expireAfterWrite(BELIEVED_ONCE_IN)
            .maximumSize(MOST_PARTIES)
            .build();

    /** Whether this failure counts against the service. */
    boolean isTheServices(String party) {
        return believed.asMap().putIfAbsent(party, true) == null;
    }
}
