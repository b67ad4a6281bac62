package menara.platform.time;

import java.security.SecureRandom;
import java.time.Clock;
import menara.values.Uuid7;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The real clock and real ids, unless a test replaces them. */
@AutoConfiguration(beforeName = "menara.eventstore.spring.boot.EventStoreAutoConfiguration")
@ConditionalOnProperty("menara.service")
class SystemTime {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    IdFactory idFactory(Clock clock) {
        var random = new SecureRandom();
        return () -> RequestIds.next().orElseGet(() -> Uuid7.at(clock.instant(), random));
    }
}
