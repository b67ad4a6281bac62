package menara.gateway.routes;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import menara.gateway.GatewayProperties;
import menara.gateway.Service;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A breaker for each service, so that a failing one costs its callers milliseconds instead of timeouts. */
@Configuration(proxyBeanMethods = false)
class ServiceBreakers {

    @Bean
    CircuitBreakerRegistry breakers(GatewayProperties properties) {
        GatewayProperties.Breaker limits = properties.breaker();
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(limits.window())
                .minimumNumberOfCalls(limits.window())
                .failureRateThreshold(limits.failurePercent())
                .waitDurationInOpenState(limits.openFor())
                .permittedNumberOfCallsInHalfOpenState(limits.probes())
                // Probes whose clients disconnected must not keep it half open for ever.
                .maxWaitDurationInHalfOpenState(properties.timeouts().response().plus(limits.openFor()))
                .build());
        for (Service service : Service.values()) {
            registry.circuitBreaker(service.label());
        }
        return registry;
    }

    @Bean
    MeterBinder breakerMetrics(CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }

    static CircuitBreaker of(CircuitBreakerRegistry breakers, Service service) {
        return breakers.circuitBreaker(service.label());
    }
}
