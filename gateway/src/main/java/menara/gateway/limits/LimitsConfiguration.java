package menara.gateway.limits;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import menara.gateway.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

    @Bean
    RateLimits rateLimits(GatewayProperties properties, MeterRegistry meters) {
        return new RateLimits(properties.limits(), TimeMeter.SYSTEM_NANOTIME, meters);
    }
}
