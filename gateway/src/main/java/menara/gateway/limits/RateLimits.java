package menara.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import menara.gateway.GatewayProperties;
import menara.gateway.GatewayProperties.Rate;

/**
 * Token buckets in this process's memory. Several gateways each grant the whole allowance; a shared count would cost a network
 * round trip per request and buy only a sharper limit.
 */
public final class RateLimits {

    /** What is counted apart from what. */
    enum Allowance {
        PARTY,
        INTAKE,
        ADDRESS
    }

    private record Key(Allowance allowance, String who) {}

    private final GatewayProperties.Limits limits;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets;
    private final MeterRegistry meters;

    RateLimits(GatewayProperties.Limits limits, TimeMeter time, MeterRegistry meters) {
        this.limits = limits;
        this.time = time;
        this.meters = meters;
        this.buckets = Caffeine.newBuilder().maximumSize(limits.parties()).build();
    }

    /** Counts one request. Returns how long to wait if it is one too many, else nothing. */
    Optional<Duration> exceeded(Allowance allowance, String who) {
        return exceeded(allowance, who, 1);
    }

    /** @param cost how many requests this one counts for */
    Optional<Duration> exceeded(Allowance allowance, String who, int cost) {
        var probe = buckets.get(new Key(allowance, who), this::newBucket).tryConsumeAndReturnRemaining(cost);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        meters.counter(
                        "menara.gateway.rate.limited",
                        "allowance",
                        allowance.name().toLowerCase(Locale.ROOT))
                .increment();
        return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** How many parties and addresses are remembered now, after pending evictions. */
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket newBucket(Key key) {
        Rate rate = switch (key.allowance()) {
            case PARTY -> limits.party();
            case INTAKE -> limits.intake();
            case ADDRESS -> limits.address();
        };
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
