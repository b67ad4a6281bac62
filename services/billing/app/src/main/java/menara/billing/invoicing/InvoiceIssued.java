package menara.billing.invoicing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import menara.billing.drafting.InvoiceId;
import menara.billing.fx.Rate;
import menara.values.Money;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * An invoice got its number and is payable.
 *
 * @param invoice the invoice
 * @param series seller, year and kind: numbers of a series have no gap
 * @param sequence place in the series, from 1
 * @param number as it is printed
 * @param issuedOn date of issue
 * @param dueOn date by which it is to be paid
 * @param total with VAT
 * @param rate dirham for one unit of the currency on the day of issue; null if the invoice is in dirham
 * @param issuedBy subject of the person who issued it
 * @param at when
 */
@Event(namespace = "menara.billing", name = "InvoiceIssued", version = "1")
public record InvoiceIssued(
        @EventTag(key = "invoice") InvoiceId invoice,
        @EventTag(key = "series") String series,
        long sequence,
        String number,
        LocalDate issuedOn,
        LocalDate dueOn,
        Money total,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rate rate,
        String issuedBy,
        Instant at)
        implements InvoiceEvent {}
