package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import menara.values.Money;

/** What can be asked of an invoice. */
final class InvoiceCommands {

    private InvoiceCommands() {}

    /**
     * Freeze a draft.
     *
     * @param content the draft as it is computed now
     * @param seenHash hash of the draft that the approver saw
     * @param graceEnds until then late usage still joins
     */
    record ApproveInvoice(
            InvoiceId invoice,
            InvoiceContent content,
            String seenHash,
            String preparedBy,
            String approvedBy,
            Instant graceEnds,
            Instant at) {}

    /** Give an approved invoice its number. */
    record IssueInvoice(InvoiceId invoice, NumberSeries series, LocalDate issuedOn, String issuedBy, Instant at) {}

    /** Withdraw an approved invoice that has no number yet. */
    record VoidInvoice(InvoiceId invoice, String reason, String voidedBy, Instant at) {}

    /**
     * Take back an issued invoice.
     *
     * @param amounts net amount to take back by line number; empty for all that is left
     */
    record CreditInvoice(
            InvoiceId invoice,
            NumberSeries series,
            LocalDate issuedOn,
            Map<Integer, Money> amounts,
            String reason,
            String issuedBy,
            Instant at) {}
}
