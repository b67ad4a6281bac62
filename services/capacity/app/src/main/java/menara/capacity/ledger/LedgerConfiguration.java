package menara.capacity.ledger;

import menara.capacity.campus.Boundary;
import menara.capacity.events.CampusEvent;
import menara.eventstore.spring.CodeRevision;
import menara.eventstore.spring.EventSourcedState;
import menara.platform.web.StrictJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    /** The reader of events is named too: what it makes of them is folded. */
    @Bean
    EventSourcedState<Boundary, Ledger, CampusEvent> ledger() {
        return new EventSourcedState<>(
                        Boundary.class,
                        Ledger.class,
                        CampusEvent.class,
                        Boundary::criteria,
                        _ -> Ledger.EMPTY,
                        Ledger::evolve)
                .keptAs(LedgerForm.of(CodeRevision.of("menara.", LedgerConfiguration.class, StrictJson.class)));
    }
}
