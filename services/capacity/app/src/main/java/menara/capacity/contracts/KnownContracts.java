package menara.capacity.contracts;

import menara.values.ContractId;
import org.jspecify.annotations.Nullable;

/** The contracts that capacity knows. */
@FunctionalInterface
public interface KnownContracts {

    /** Null until billing announced the contract. */
    @Nullable
    KnownContract of(ContractId contract);
}
