package menara.billing.clearance;

import java.time.Instant;
import menara.billing.drafting.InvoiceId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The authority received a document.
 *
 * @param number the document's number
 * @param invoice the invoice it is, or belongs to
 * @param reference what the authority calls the submission
 * @param at when
 */
@Event(namespace = "menara.billing", name = "DocumentSubmitted", version = "1")
public record DocumentSubmitted(
        @EventTag(key = "clearance") DocumentNumber number, InvoiceId invoice, String reference, Instant at)
        implements ClearanceEvent {}
