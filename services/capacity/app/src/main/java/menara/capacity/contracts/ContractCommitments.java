package menara.capacity.contracts;

import menara.values.ContractId;

/** The commitments that rest on a contract. */
@FunctionalInterface
public interface ContractCommitments {

    /** Ends all of them with the contract at the latest, as far as capacity knows its end. */
    void endWith(ContractId contract);
}
