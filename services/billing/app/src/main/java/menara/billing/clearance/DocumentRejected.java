package menara.billing.clearance;

import java.time.Instant;
import java.util.List;
import menara.billing.drafting.InvoiceId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The authority rejected a document; it is credited and issued anew.
 *
 * @param number the document's number
 * @param invoice the invoice it is, or belongs to
 * @param reasons the authority's, for people
 * @param at when
 */
@Event(namespace = "menara.billing", name = "DocumentRejected", version = "1")
public record DocumentRejected(
        @EventTag(key = "clearance") DocumentNumber number, InvoiceId invoice, List<String> reasons, Instant at)
        implements ClearanceEvent {

    public DocumentRejected {
        reasons = List.copyOf(reasons);
    }
}
