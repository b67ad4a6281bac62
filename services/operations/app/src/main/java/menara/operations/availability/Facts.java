package menara.operations.availability;

import java.util.Optional;
import java.util.stream.Collectors;
import menara.operations.allocations.AllocationReadModel;
import menara.operations.incidents.IncidentReadModel;
import menara.values.ContractId;
import org.springframework.stereotype.Component;

/** Gathers the facts that a contract's availability follows from. */
@Component
class Facts {

    private final AllocationReadModel allocations;
    private final IncidentReadModel incidents;

    Facts(AllocationReadModel allocations, IncidentReadModel incidents) {
        this.allocations = allocations;
        this.incidents = incidents;
    }

    /** Empty until billing announced the contract: without its time zone there are no months. */
    Optional<ContractFacts> of(ContractId contract) {
        return allocations.terms(contract).map(terms -> {
            // Racks of another tenant never count for this contract, even if an event once named its id.
            var held = allocations.of(contract).stream()
                    .filter(allocation -> allocation.tenant().equals(terms.tenant()))
                    .toList();
            var racks = held.stream()
                    .flatMap(allocation -> allocation.handovers().stream())
                    .flatMap(handover -> handover.racks().stream())
                    .collect(Collectors.toSet());
            return new ContractFacts(terms, held, incidents.touching(racks));
        });
    }
}
