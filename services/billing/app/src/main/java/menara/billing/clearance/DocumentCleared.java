package menara.billing.clearance;

import java.time.Instant;
import menara.billing.drafting.InvoiceId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The authority cleared a document.
 *
 * @param number the document's number
 * @param invoice the invoice it is, or belongs to
 * @param clearance the authority's identifier of the clearance
 * @param at when
 */
@Event(namespace = "menara.billing", name = "DocumentCleared", version = "1")
public record DocumentCleared(
        @EventTag(key = "clearance") DocumentNumber number, InvoiceId invoice, String clearance, Instant at)
        implements ClearanceEvent {}
