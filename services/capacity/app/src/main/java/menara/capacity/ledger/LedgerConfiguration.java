package menara.capacity.ledger;

import menara.capacity.campus.Boundary;
import menara.capacity.events.CampusEvent;
import menara.eventstore.spring.EventSourcedState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    EventSourcedState<Boundary, Ledger, CampusEvent> ledger() {
        return new EventSourcedState<>(
                Boundary.class, Ledger.class, CampusEvent.class, Boundary::criteria, _ -> Ledger.EMPTY, Ledger::evolve);
    }
}
