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
 * An issued invoice was taken back, in part or as a whole.
 *
 * @param invoice the invoice
 * @param contract the contract; decisions cover all its invoices together
 * @param note the request that it comes from
 * @param series seller, year and kind: numbers of a series have no gap
 * @param sequence place in the series, from 1
 * @param number as it is printed
 * @param issuedOn date of issue
 * @param content what is taken back, with negative amounts; lines keep the numbers they have on the invoice
 * @param whole whether all of the invoice is taken back
 * @param kind correction or concession; a correction of all that was left cancels the invoice, and its month can be
 *     invoiced anew
 * @param reason for people
 * @param issuedBy subject of the person who issued it
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
