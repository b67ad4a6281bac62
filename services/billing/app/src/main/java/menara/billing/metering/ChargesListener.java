package menara.billing.metering;

import java.util.Set;
import menara.values.ContractId;

/** Called when the charges of contracts may have changed. It may be called although nothing changed. */
@FunctionalInterface
public interface ChargesListener {

    void chargesChanged(Set<ContractId> contracts);
}
