package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Invoices that are approved from now on are addressed to another buyer, or to a first one.
 *
 * @param contract the contract
 * @param revision 1, 2, 3 … among the changes of the contract
 * @param change the request that it comes from
 * @param buyer whom invoices are addressed to
 * @param before buyer until then; null if the contract named none
 * @param at when it was agreed
 */
@Event(namespace = "menara.billing", name = "BuyerChanged", version = "1")
public record BuyerChanged(
        @EventTag(key = "contract") ContractId contract,
        int revision,
        ChangeId change,
        Buyer buyer,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Buyer before,
        Instant at)
        implements ContractEvent {}
