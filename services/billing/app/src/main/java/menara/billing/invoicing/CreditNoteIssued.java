package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NoteKind;
import menara.values.ContractId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Something of an issued invoice was taken back.
 *
 * @param invoice the invoice
 * @param contract the contract: what its invoices ask for is decided over all of them
 * @param note the request that it comes from
 * @param series seller, year and kind: numbers of a series have no gap
 * @param sequence place in the series, from 1
 * @param number as it is printed
 * @param issuedOn date of issue
 * @param content what is taken back, all amounts negative; lines keep the numbers they have on the invoice
 * @param whole whether nothing is left of the invoice
 * @param kind whether it should not have been asked for, or is let off; a correction of all that was left cancels the invoice, and its month
 *     can be invoiced anew
 * @param reason for people
 * @param issuedBy subject of who issued it
 * @param at when
 */
@Event(namespace = "menara.billing", name = "CreditNoteIssued", version = "1")
public record CreditNoteIssued(
        @EventTag(key = "invoice") InvoiceId invoice,
        @EventTag(key = "invoices-of") ContractId contract,
        NoteId note,
        @EventTag(key = "series") String series,
        long sequence,
        String number,
        LocalDate issuedOn,
        InvoiceContent content,
        boolean whole,
        NoteKind kind,
        String reason,
        String issuedBy,
        Instant at)
        implements InvoiceEvent {}
