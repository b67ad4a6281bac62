package menara.billing.clearance;

import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import org.springframework.stereotype.Component;

/** The state of documents at the authority, read from the same state as decisions, folded from the few events of a document. */
@Component
class Clearances {

    private final CurrentStates states;
    private final EventSourcedState<DocumentNumber, Clearance, ClearanceEvent> definition;

    Clearances(CurrentStates states, EventSourcedState<DocumentNumber, Clearance, ClearanceEvent> definition) {
        this.states = states;
        this.definition = definition;
    }

    Clearance of(DocumentNumber number) {
        return states.get(definition, number);
    }
}
