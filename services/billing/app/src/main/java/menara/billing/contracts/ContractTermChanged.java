package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * The contract was renewed, and ends later, or it was terminated, and ends earlier.
 *
 * @param contract the contract
 * @param revision 1, 2, 3 … among the changes of the contract
 * @param change the request that it comes from
 * @param until new end of the term
 * @param before end of the term until then
 * @param reason why it was terminated, for people; null if it was renewed
 * @param at when it was agreed
 */
@Event(namespace = "menara.billing", name = "ContractTermChanged", version = "1")
public record ContractTermChanged(
        @EventTag(key = "contract") ContractId contract,
        int revision,
        ChangeId change,
        Instant until,
        Instant before,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        Instant at)
        implements ContractEvent {}
