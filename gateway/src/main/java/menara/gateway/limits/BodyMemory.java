package menara.gateway.limits;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import menara.gateway.GatewayProperties;
import menara.gateway.problems.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The memory of all request bodies on their way in together. Bytes are counted when there is to be room for them, not when they are
 * announced, or an announcement would cost others as much as a body.
 */
@Component
class BodyMemory {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final long limitBytes;
    private final long partyLimitBytes;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> takenByParty = new ConcurrentHashMap<>();

    BodyMemory(GatewayProperties properties, MeterRegistry meters) {
        this.limitBytes = properties.limits().bodies().toBytes();
        this.partyLimitBytes = properties.limits().partyBodies().toBytes();
        meters.gauge("menara.gateway.bodies.bytes", taken);
    }

    /** Returns why there is no room, if there is none. */
    Optional<Problem> take(String party, long bytes) {
        if (takenByParty.merge(party, bytes, Math::addExact) > partyLimitBytes) {
            giveBack(party, bytes);
            return Optional.of(Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-bodies",
                            "The bodies you are sending together are larger than %d bytes; send fewer at once."
                                    .formatted(partyLimitBytes))
                    .retryAfter(PAUSE));
        }
        if (taken.addAndGet(bytes) > limitBytes) {
            taken.addAndGet(-bytes);
            giveBack(party, bytes);
            return Optional.of(Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "busy",
                            "Too much is being sent at once; repeat the request after the time in Retry-After.")
                    .retryAfter(PAUSE));
        }
        return Optional.empty();
    }

    void release(String party, long bytes) {
        if (bytes > 0) {
            taken.addAndGet(-bytes);
            giveBack(party, bytes);
        }
    }

    // Whoever has nothing on the way is forgotten, so the map is as small as what is in flight.
    private void giveBack(String party, long bytes) {
        takenByParty.computeIfPresent(party, (_, before) -> before == bytes ? null : before - bytes);
    }
}
