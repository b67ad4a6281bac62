package menara.platform.idempotency;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import menara.eventstore.spring.DueDates;
import menara.platform.web.FilterOrder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The stored answers of keys, and the filter that repeats them. */
@AutoConfiguration
class IdempotencyAutoConfiguration {

    @Bean
    Idempotency idempotency(MongoDatabase database, Clock clock) {
        return new Idempotency(database, clock);
    }

    @Bean
    IdempotencySweep idempotencySweep(Idempotency idempotency, DueDates dueDates, Clock clock) {
        return new IdempotencySweep(idempotency, dueDates, clock);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            Idempotency idempotency, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(idempotency, handlers));
        registration.setOrder(FilterOrder.AFTER_SECURITY);
        return registration;
    }
}
