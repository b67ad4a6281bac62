package menara.operations.allocations;

import java.util.Collection;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;

/**
 * Measures again what a new fact may have changed. A policy stores its fact first and then calls this: of all policies that store facts at
 * the same time, the last one sees all facts, so that every change is measured in any order of the logs.
 */
public interface Remeasurement {

    /** Measures every contract that ever held one of {@code racks}, in the months that touch one of {@code periods}. */
    void ofRacks(Collection<RackId> racks, List<Period> periods);

    /** Measures the contract in the months that touch one of {@code periods}. */
    void ofContract(ContractId contract, List<Period> periods);

    /** Measures all months of the contract. */
    void ofContract(ContractId contract);
}
