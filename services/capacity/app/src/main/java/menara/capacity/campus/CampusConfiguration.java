package menara.capacity.campus;

import java.util.List;
import java.util.Optional;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.commitments.CommitmentEvent;
import menara.capacity.deratings.DeratingEvent;
import menara.capacity.layout.LayoutEvent;
import menara.eventstore.spring.CodeRevision;
import menara.eventstore.spring.EventSourcedState;
import menara.platform.web.StrictJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CampusConfiguration {

    /** The snapshot depends on the event reader too, because the state is folded from what it reads. */
    @Bean
    EventSourcedState<Boundary, Campus, CampusEvent> campus() {
        return new EventSourcedState<>(
                Boundary.class,
                Campus.class,
                List.of(LayoutEvent.class, DeratingEvent.class, CommitmentEvent.class),
                Boundary::criteria,
                _ -> Campus.EMPTY,
                Campus::evolve,
                Optional.of(CampusForm.of(CodeRevision.of("menara.", CampusConfiguration.class, StrictJson.class))));
    }
}
