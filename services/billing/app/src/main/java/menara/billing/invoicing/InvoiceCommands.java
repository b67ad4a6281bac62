package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NoteKind;
import menara.billing.drafting.NumberSeries;
import menara.billing.fx.Rate;
import menara.values.ContractId;
import menara.values.Money;
import org.jspecify.annotations.Nullable;

/** What can be asked of an invoice. */
sealed interface InvoiceCommands {

    /**
     * Freeze a draft.
     *
     * @param content the draft as it is computed now
     * @param seenHash hash of the draft that the approver saw
     * @param since earliest month that the draft looks back to
     * @param basis what the draft was computed from
     * @param graceEnds end of the time in which late usage joins the draft
     */
    record ApproveInvoice(
            InvoiceId invoice,
            ContractId contract,
            InvoiceContent content,
            String seenHash,
            YearMonth since,
            AskedFor.Basis basis,
            String preparedBy,
            String approvedBy,
            Instant graceEnds,
            Instant at)
            implements InvoiceCommands {}

    /**
     * Give an approved invoice its number.
     *
     * @param rate dirham for one unit of the currency on the day of issue; null if it is the dirham, or none is known
     */
    record IssueInvoice(
            InvoiceId invoice,
            NumberSeries series,
            LocalDate issuedOn,
            @Nullable Rate rate,
            String issuedBy,
            Instant at)
            implements InvoiceCommands {}

    /** Withdraw an approved invoice that has no number yet. */
    record VoidInvoice(InvoiceId invoice, String reason, String voidedBy, Instant at) implements InvoiceCommands {}

    /**
     * Take back an issued invoice.
     *
     * @param contract whose invoice it is
     * @param note the request's id
     * @param amounts net amount to take back by line number; empty for all that is left
     */
    record CreditInvoice(
            InvoiceId invoice,
            ContractId contract,
            NoteId note,
            NumberSeries series,
            LocalDate issuedOn,
            Map<Integer, Money> amounts,
            NoteKind kind,
            String reason,
            String issuedBy,
            Instant at)
            implements InvoiceCommands {}
}
