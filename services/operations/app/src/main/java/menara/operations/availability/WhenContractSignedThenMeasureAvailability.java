package menara.operations.availability;

import menara.billing.contract.ContractSigned;
import menara.eventstore.spring.Policy;
import menara.operations.allocations.AllocationDocuments;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Remembers a contract's time zone, and measures what had to wait for it: billing's log may be read after the others. */
@Policy(value = "when-contract-signed-then-measure-availability", of = "billing")
class WhenContractSignedThenMeasureAvailability {

    private final AllocationDocuments allocations;
    private final Remeasurement remeasurement;

    WhenContractSignedThenMeasureAvailability(AllocationDocuments allocations, Remeasurement remeasurement) {
        this.allocations = allocations;
        this.remeasurement = remeasurement;
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        allocations.apply(event);
        remeasurement.after(event.contract());
    }
}
