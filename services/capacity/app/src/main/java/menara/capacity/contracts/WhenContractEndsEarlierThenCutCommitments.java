package menara.capacity.contracts;

import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * A contract that ends earlier takes with it what was committed beyond. The new end is stored before commitments are looked at, and each new
 * commitment looks at the stored end after it is made: whichever comes first, one of the two sees the other.
 */
@Policy(value = "when-contract-ends-earlier-then-cut-commitments", of = "billing")
class WhenContractEndsEarlierThenCutCommitments {

    private final KnownContractReadModel contracts;
    private final ContractCommitments commitments;

    WhenContractEndsEarlierThenCutCommitments(KnownContractReadModel contracts, ContractCommitments commitments) {
        this.contracts = contracts;
        this.commitments = commitments;
    }

    /** A change of a term is kept only beside its contract. */
    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        contracts.on(event);
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        contracts.on(event);
        commitments.endWith(event.contract());
    }
}
