package menara.capacity.contracts;

import menara.values.ContractId;
import org.jspecify.annotations.Nullable;

/** What is known of contracts. */
@FunctionalInterface
public interface KnownContracts {

    /** Null until billing announced the contract. */
    @Nullable
    KnownContract of(ContractId contract);
}
