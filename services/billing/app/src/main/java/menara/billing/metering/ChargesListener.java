package menara.billing.metering;

import java.util.Set;
import menara.values.ContractId;

/** Is told that what contracts owe may have changed. It may be told more often than that is so. */
@FunctionalInterface
public interface ChargesListener {

    void chargesChanged(Set<ContractId> contracts);
}
