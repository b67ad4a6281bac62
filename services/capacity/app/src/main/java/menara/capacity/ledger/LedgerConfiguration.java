package menara.capacity.ledger;

import java.util.List;
import java.util.Optional;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.commitments.CommitmentEvent;
import menara.capacity.deratings.RiskEvent;
import menara.eventstore.spring.CodeRevision;
import menara.eventstore.spring.EventSourcedState;
import menara.platform.web.StrictJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    /** The snapshot depends on the event reader too, because the state is folded from what it reads. */
    @Bean
    EventSourcedState<Boundary, Ledger, CampusEvent> ledger() {
        return new EventSourcedState<>(
                Boundary.class,
                Ledger.class,
                List.of(CommitmentEvent.class, RiskEvent.class),
                Boundary::criteria,
                _ -> Ledger.EMPTY,
                Ledger::evolve,
                Optional.of(LedgerForm.of(CodeRevision.of("menara.", LedgerConfiguration.class, StrictJson.class))));
    }
}
