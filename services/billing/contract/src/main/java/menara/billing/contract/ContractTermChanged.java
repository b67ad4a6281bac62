package menara.billing.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;

/**
 * A contract ends later or earlier than was agreed before: it was renewed or terminated.
 *
 * @param contract the contract
 * @param revision counts the changes of the contract; of two, the higher one holds
 * @param until first instant at which it is no longer in force
 * @param at when that was agreed
 */
@PublishedEvent(namespace = "menara.billing", name = "ContractTermChanged", version = "1")
public record ContractTermChanged(ContractId contract, int revision, Instant until, Instant at) {}
