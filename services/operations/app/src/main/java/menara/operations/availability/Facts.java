package menara.operations.availability;

import java.util.Optional;
import java.util.stream.Collectors;
import menara.operations.allocations.AllocationDocuments;
import menara.operations.incidents.IncidentDocuments;
import menara.values.ContractId;
import org.springframework.stereotype.Component;

/** Gathers what a contract's availability follows from. */
@Component
class Facts {

    private final AllocationDocuments allocations;
    private final IncidentDocuments incidents;

    Facts(AllocationDocuments allocations, IncidentDocuments incidents) {
        this.allocations = allocations;
        this.incidents = incidents;
    }

    /** Empty until billing announced the contract: without its time zone there are no months. */
    Optional<ContractFacts> of(ContractId contract) {
        return allocations.terms(contract).map(terms -> {
            // Racks of somebody else are never this contract's, whatever was once promised on its id.
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
