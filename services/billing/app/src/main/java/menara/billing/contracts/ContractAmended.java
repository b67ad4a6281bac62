package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * The price plan, or the service level, changes within the term.
 *
 * @param contract the contract
 * @param revision 1, 2, 3 … among the changes of the contract
 * @param change the request that it comes from
 * @param from first hour to which it applies
 * @param plan price plan from then on
 * @param serviceLevel service level from the first month that begins then or later; null if it stays
 * @param at when it was agreed
 */
@Event(namespace = "menara.billing", name = "ContractAmended", version = "1")
public record ContractAmended(
        @EventTag(key = "contract") ContractId contract,
        int revision,
        ChangeId change,
        Instant from,
        PricePlanId plan,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ServiceLevel serviceLevel,
        Instant at)
        implements ContractEvent {}
