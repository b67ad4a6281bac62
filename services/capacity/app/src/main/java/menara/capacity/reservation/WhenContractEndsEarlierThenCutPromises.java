package menara.capacity.reservation;

import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.capacity.contracts.AgreementDocuments;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * A contract that ends earlier takes with it what was promised beyond. The new end is stored before promises are looked at, and each new
 * promise looks at the stored end after it is made ({@link WhenPromiseIsMadeThenHoldItToItsContract}): whichever comes first, one of the two sees the other.
 */
@Policy(value = "when-contract-ends-earlier-then-cut-promises", of = "billing")
class WhenContractEndsEarlierThenCutPromises {

    private final AgreementDocuments agreements;
    private final ContractEnds ends;

    WhenContractEndsEarlierThenCutPromises(AgreementDocuments agreements, ContractEnds ends) {
        this.agreements = agreements;
        this.ends = ends;
    }

    /** A change of a term is kept only beside its contract. */
    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        agreements.apply(event);
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        agreements.apply(event);
        ends.hold(event.contract());
    }
}
