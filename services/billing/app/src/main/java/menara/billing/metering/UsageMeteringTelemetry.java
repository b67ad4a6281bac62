package menara.billing.metering;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How far counting lags and whether it advances. Not part of readiness: usage ingested meanwhile is durable, and refusing senders would not
 * help.
 */
@Configuration(proxyBeanMethods = false)
class UsageMeteringTelemetry {

    @Bean
    Gauge usageLag(UsageMetering metering, MeterRegistry metrics) {
        return Gauge.builder("menara.billing.usage.lag", metering, UsageMetering::lag)
                .description("documents of accepted usage that are not counted yet")
                .register(metrics);
    }

    @Bean
    HealthIndicator usageMeteringHealthIndicator(UsageMetering metering) {
        return () -> {
            var troubles = metering.troubles();
            var health = troubles.isEmpty() ? Health.up() : Health.down().withDetail("troubles", troubles);
            health.withDetail("lag", metering.lag());
            if (metering.count() > 0) {
                health.withDetail("parked", metering.count() + "; see /actuator/parked");
            }
            return health.build();
        };
    }
}
