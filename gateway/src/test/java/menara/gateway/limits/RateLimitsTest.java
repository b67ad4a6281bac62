package menara.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import menara.gateway.GatewayProperties.Rate;
import menara.gateway.limits.RateLimits.Allowance;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimits limits = new RateLimits(
            GatewayLimits.of(new Rate(3, 2), new Rate(5, 1), new Rate(1, 1)),
            new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos.get();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            },
            meters);

    @Test
    void the_burst_passes_then_the_steady_rate() {
        assertThat(passed(Allowance.PARTY, "a", 10)).isEqualTo(3);
        assertThat(limits.exceeded(Allowance.PARTY, "a")).contains(Duration.ofMillis(500));
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(passed(Allowance.PARTY, "a", 10)).isEqualTo(1);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(passed(Allowance.PARTY, "a", 10)).isEqualTo(3);
    }

    @Test
    void allowances_and_parties_are_counted_apart() {
        assertThat(passed(Allowance.PARTY, "a", 10)).isEqualTo(3);
        assertThat(passed(Allowance.PARTY, "b", 10)).isEqualTo(3);
        assertThat(passed(Allowance.INTAKE, "a", 10)).isEqualTo(5);
        assertThat(passed(Allowance.ADDRESS, "127.0.0.1", 10)).isEqualTo(1);
        assertThat(meters.counter("menara.gateway.rate.limited", "allowance", "address")
                        .count())
                .isEqualTo(9);
    }

    @Test
    void strangers_have_an_allowance_by_address_and_one_together() {
        assertThat(limits.exceededByStranger("10.0.0.1")).isEmpty();
        // An address that has used up its own takes nothing of what the others have.
        for (int i = 0; i < 10; i++) {
            assertThat(limits.exceededByStranger("10.0.0.1")).isPresent();
        }
        assertThat(limits.exceededByStranger("10.0.0.2")).isEmpty();
        assertThat(limits.exceededByStranger("10.0.0.3")).isEmpty();
        assertThat(limits.exceededByStranger("10.0.0.4")).isEmpty();
        assertThat(limits.exceededByStranger("10.0.0.5")).isPresent();
        assertThat(meters.counter("menara.gateway.rate.limited", "allowance", "strangers")
                        .count())
                .isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(limits.exceededByStranger("10.0.0.6")).isEmpty();
    }

    @Test
    void a_flood_of_addresses_does_not_fill_the_memory() {
        for (int i = 0; i < 10_000; i++) {
            limits.exceeded(Allowance.ADDRESS, "10.0." + i / 256 + "." + i % 256);
        }
        assertThat(limits.remembered()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_heavy_request_counts_for_several() {
        assertThat(limits.exceeded(Allowance.PARTY, "a", 2)).isEmpty();
        assertThat(limits.exceeded(Allowance.PARTY, "a", 2)).isPresent();
        assertThat(limits.exceeded(Allowance.PARTY, "a", 1)).isEmpty();
    }

    private int passed(Allowance allowance, String who, int attempts) {
        int passed = 0;
        for (int i = 0; i < attempts; i++) {
            passed += limits.exceeded(allowance, who).isEmpty() ? 1 : 0;
        }
        return passed;
    }
}
