package menara.billing.invoicing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceState;
import org.jspecify.annotations.Nullable;

/**
 * @param invoice null for a preview, which cannot be approved
 * @param state one of preview, draft, approved, issued, credited and void
 * @param hash of the content; the approver sends it to say which content was seen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceView(
        @Nullable InvoiceId invoice,
        String state,
        String hash,
        InvoiceContent content,
        @Nullable Instant asOf,
        @Nullable Instant graceEnds,
        @Nullable String preparedBy,
        @Nullable String approvedBy,
        @Nullable String number,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        List<ApprovedInvoice.Note> creditNotes) {

    static InvoiceView of(ApprovedInvoice invoice) {
        var issued = invoice.issued();
        return new InvoiceView(
                invoice.invoice(),
                stateOf(invoice.state()).text(),
                invoice.content().hash(),
                invoice.content(),
                null,
                null,
                invoice.preparedBy(),
                invoice.approvedBy(),
                issued.map(ApprovedInvoice.State.Issued::number).orElse(null),
                issued.map(ApprovedInvoice.State.Issued::issuedOn).orElse(null),
                issued.map(ApprovedInvoice.State.Issued::dueOn).orElse(null),
                invoice.notes());
    }

    private static InvoiceState stateOf(ApprovedInvoice.State state) {
        return switch (state) {
            case ApprovedInvoice.State.Unissued _ -> InvoiceState.APPROVED;
            case ApprovedInvoice.State.Issued issued ->
                issued.isCredited() ? InvoiceState.CREDITED : InvoiceState.ISSUED;
            case ApprovedInvoice.State.Voided _ -> InvoiceState.VOID;
        };
    }

    static InvoiceView of(Drafts.Draft draft, Instant graceEnds) {
        return new InvoiceView(
                draft.invoice(),
                InvoiceState.DRAFT.text(),
                draft.hash(),
                draft.content(),
                draft.asOf(),
                graceEnds,
                draft.preparedBy(),
                null,
                null,
                null,
                null,
                List.of());
    }

    static InvoiceView preview(InvoiceContent content, Instant asOf, Instant graceEnds) {
        return new InvoiceView(
                null, "preview", content.hash(), content, asOf, graceEnds, null, null, null, null, null, List.of());
    }
}
