package menara.capacity.campus;

import menara.capacity.events.CampusEvent;
import menara.eventstore.spring.CodeRevision;
import menara.eventstore.spring.EventSourcedState;
import menara.platform.web.StrictJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CampusConfiguration {

    /** The reader of events is named too: what it makes of them is folded. */
    @Bean
    EventSourcedState<Boundary, Campus, CampusEvent> campus() {
        return new EventSourcedState<>(
                        Boundary.class,
                        Campus.class,
                        CampusEvent.class,
                        Boundary::criteria,
                        _ -> Campus.EMPTY,
                        Campus::evolve)
                .keptAs(CampusForm.of(CodeRevision.of("menara.", CampusConfiguration.class, StrictJson.class)));
    }
}
