package menara.operations.allocations;

import menara.billing.contract.ContractSigned;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Stores a contract's time zone, and measures the months that needed it: billing's log may be read after the others. */
@Policy(value = "when-contract-signed-then-measure-availability", of = "billing")
class WhenContractSignedThenMeasureAvailability {

    private final AllocationReadModel allocations;
    private final Remeasurement remeasurement;

    WhenContractSignedThenMeasureAvailability(AllocationReadModel allocations, Remeasurement remeasurement) {
        this.allocations = allocations;
        this.remeasurement = remeasurement;
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        allocations.apply(event);
        remeasurement.ofContract(event.contract());
    }
}
