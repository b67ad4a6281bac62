package menara.capacity.campus;

import menara.capacity.events.CampusEvent;
import menara.eventstore.spring.EventSourcedState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CampusConfiguration {

    @Bean
    EventSourcedState<Boundary, Campus, CampusEvent> campus() {
        return new EventSourcedState<>(
                Boundary.class, Campus.class, CampusEvent.class, Boundary::criteria, _ -> Campus.EMPTY, Campus::evolve);
    }
}
