package menara.gateway.limits;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import menara.gateway.GatewayProperties;
import menara.platform.web.PartyLimit;
import menara.platform.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The memory of all incoming request bodies together. Bytes are counted when they need room, not when they are announced, or an
 * announcement would cost others as much as a body.
 */
@Component
class BodyMemory {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PartyLimit bytes;

    BodyMemory(GatewayProperties properties, MeterRegistry meters) {
        this.bytes = new PartyLimit(
                properties.limits().partyBodies().toBytes(),
                properties.limits().bodies().toBytes());
        meters.gauge("menara.gateway.bodies.bytes", bytes, PartyLimit::taken);
    }

    /** Returns why there is no room, if there is none. */
    Optional<Problem> take(String party, long count) {
        return switch (bytes.take(party, count)) {
            case TAKEN -> Optional.empty();
            case PARTY_HAS_ITS_SHARE ->
                Optional.of(Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "too-many-bodies",
                                "The bodies you are sending together are larger than %d bytes; send fewer at once."
                                        .formatted(bytes.perParty()))
                        .retryAfter(PAUSE));
            case ALL_IS_TAKEN ->
                Optional.of(Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "busy",
                                "Too much is being sent at once; repeat the request after the time in Retry-After.")
                        .retryAfter(PAUSE));
        };
    }

    void release(String party, long count) {
        bytes.giveBack(party, count);
    }
}
