package menara.billing.invoicing;

import java.time.Instant;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A second person approved a draft, which is frozen from now on.
 *
 * @param invoice the invoice
 * @param contract the contract; decisions cover all its invoices together
 * @param content what it says
 * @param preparedBy subject of the person who prepared the draft
 * @param approvedBy subject of the person who approved, another one
 * @param at when
 */
@Event(namespace = "menara.billing", name = "InvoiceApproved", version = "1")
public record InvoiceApproved(
        @EventTag(key = "invoice") InvoiceId invoice,
        @EventTag(key = "invoices-of") ContractId contract,
        InvoiceContent content,
        String preparedBy,
        String approvedBy,
        Instant at)
        implements InvoiceEvent {}
