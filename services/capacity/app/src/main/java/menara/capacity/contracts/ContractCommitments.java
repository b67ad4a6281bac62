package menara.capacity.contracts;

import menara.values.ContractId;

/** The commitments that rest on a contract. */
@FunctionalInterface
public interface ContractCommitments {

    /** Lets none of them last longer than the contract, as far as its end is known here. */
    void endWith(ContractId contract);
}
