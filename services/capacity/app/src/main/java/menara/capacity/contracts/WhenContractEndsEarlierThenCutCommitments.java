package menara.capacity.contracts;

import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * When a contract ends earlier, commitments beyond its new end are cut. The new end is stored before the commitments are read, and each new
 * commitment reads the stored end after it is made: whichever comes first, one of the two sees the other.
 */
@Policy(value = "when-contract-ends-earlier-then-cut-commitments", of = "billing")
class WhenContractEndsEarlierThenCutCommitments {

    private final KnownContractReadModel contracts;
    private final ContractCommitments commitments;

    WhenContractEndsEarlierThenCutCommitments(KnownContractReadModel contracts, ContractCommitments commitments) {
        this.contracts = contracts;
        this.commitments = commitments;
    }

    /** A change of a term is stored only if its contract is. */
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
