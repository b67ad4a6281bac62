package menara.billing.contracts;

import java.time.Instant;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The term ends earlier than agreed.
 *
 * @param contract the contract
 * @param revision 1, 2, 3 … among the changes of the contract
 * @param change the request that it comes from
 * @param until new end of the term
 * @param before its end until then
 * @param reason for people
 * @param at when it was agreed
 */
@Event(namespace = "menara.billing", name = "ContractTerminated", version = "1")
public record ContractTerminated(
        @EventTag(key = "contract") ContractId contract,
        int revision,
        ChangeId change,
        Instant until,
        Instant before,
        String reason,
        Instant at)
        implements ContractEvent {}
