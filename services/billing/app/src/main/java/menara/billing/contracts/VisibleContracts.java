package menara.billing.contracts;

import java.util.List;
import java.util.Optional;
import menara.platform.security.Caller;
import menara.values.ContractId;
import menara.values.TenantId;
import menara.values.refusals.NotFound;
import org.springframework.stereotype.Component;

/** The contracts that a caller may read; a contract of another party looks like one that does not exist. */
@Component
public class VisibleContracts {

    private final ContractReadModel contracts;

    VisibleContracts(ContractReadModel contracts) {
        this.contracts = contracts;
    }

    public Contract.Signed one(ContractId contract, Caller caller) {
        return contracts
                .find(contract)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("contract", contract));
    }

    /** All visible contracts, or those of the contract or tenant named. */
    public List<Contract.Signed> matching(Optional<ContractId> contract, Optional<TenantId> tenant, Caller caller) {
        if (contract.isPresent()) {
            return List.of(one(contract.get(), caller)).stream()
                    .filter(found -> tenant.isEmpty() || tenant.get().equals(found.tenant()))
                    .toList();
        }
        if (tenant.isPresent() && !caller.maySee(tenant.get())) {
            throw new NotFound("tenant", tenant.get());
        }
        return contracts.all().stream()
                .filter(found -> caller.maySee(found.tenant()))
                .filter(found -> tenant.isEmpty() || tenant.get().equals(found.tenant()))
                .toList();
    }
}
