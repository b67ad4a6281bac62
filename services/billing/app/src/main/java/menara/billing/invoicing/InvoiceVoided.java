package menara.billing.invoicing;

import java.time.Instant;
import menara.billing.drafting.InvoiceId;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * An approved invoice was withdrawn before it had a number; its month can be invoiced anew.
 *
 * @param invoice the invoice
 * @param contract the contract; decisions cover all its invoices together
 * @param reason for people
 * @param voidedBy subject of the person who withdrew it
 * @param at when
 */
@Event(namespace = "menara.billing", name = "InvoiceVoided", version = "1")
public record InvoiceVoided(
        @EventTag(key = "invoice") InvoiceId invoice,
        @EventTag(key = "invoices-of") ContractId contract,
        String reason,
        String voidedBy,
        Instant at)
        implements InvoiceEvent {}
