package menara.billing.einvoicing;

import java.time.LocalDate;
import menara.billing.drafting.InvoiceContent;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note as it is sent.
 *
 * @param content of a credit note with its amounts positive
 * @param number as printed
 * @param issuedOn date of issue
 * @param credits number of the invoice that a credit note takes back; null for an invoice
 */
record EInvoice(
        InvoiceContent content,
        String number,
        LocalDate issuedOn,
        @Nullable String credits) {

    boolean isCreditNote() {
        return credits != null;
    }

    LocalDate dueOn() {
        return issuedOn.plusDays(content.paymentDays());
    }
}
