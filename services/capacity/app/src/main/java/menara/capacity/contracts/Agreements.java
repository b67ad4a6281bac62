package menara.capacity.contracts;

import menara.values.ContractId;
import org.jspecify.annotations.Nullable;

/** What is known of contracts. */
@FunctionalInterface
public interface Agreements {

    /** Null until billing announced the contract. */
    @Nullable
    Agreement of(ContractId contract);
}
