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

    /** The kinds of requests, each counted on its own. */
    enum Allowance {
        PARTY,
        INTAKE,
        ADDRESS,
        STRANGERS
    }

    private record Key(Allowance allowance, String who) {}

    private final GatewayProperties.Limits limits;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets;
    /** Never evicted for another one. */
    private final Bucket strangers;

    private final MeterRegistry meters;

    RateLimits(GatewayProperties.Limits limits, TimeMeter time, MeterRegistry meters) {
        this.limits = limits;
        this.time = time;
        this.meters = meters;
        this.strangers = bucket(limits.strangers());
        this.buckets = Caffeine.newBuilder().maximumSize(limits.parties()).build();
    }

    /** Counts one request. Returns how long to wait if it is one too many, else nothing. */
    Optional<Duration> exceeded(Allowance allowance, String who) {
        return exceeded(allowance, who, 1);
    }

    /** @param cost how many requests this one counts for */
    Optional<Duration> exceeded(Allowance allowance, String who, int cost) {
        return exceeded(allowance, buckets.get(new Key(allowance, who), this::newBucket), cost);
    }

    /** Counts one request of an unknown caller: each address has its allowance, and all addresses together have one. */
    Optional<Duration> exceededByStranger(String address) {
        return exceeded(Allowance.ADDRESS, address).or(() -> exceeded(Allowance.STRANGERS, strangers, 1));
    }

    private Optional<Duration> exceeded(Allowance allowance, Bucket bucket, int cost) {
        var probe = bucket.tryConsumeAndReturnRemaining(cost);
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
        return bucket(
                switch (key.allowance()) {
                    case PARTY -> limits.party();
                    case INTAKE -> limits.intake();
                    case ADDRESS -> limits.address();
                    case STRANGERS -> limits.strangers();
                });
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
