package menara.billing.metering;

import menara.values.ContractId;

/** Is told that what a contract owes may have changed. It may be told more often than that is so. */
@FunctionalInterface
public interface ChargesListener {

    void chargesChanged(ContractId contract);
}
