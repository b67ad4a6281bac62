package menara.billing.invoicing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import org.jspecify.annotations.Nullable;

/**
 * @param invoice null for a preview, which nobody can approve
 * @param state one of preview, draft, approved, issued, credited and void
 * @param hash of the content: an approver says which one was seen
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
        List<InvoiceReadModel.Note> creditNotes) {

    static InvoiceView of(InvoiceReadModel.View view) {
        return new InvoiceView(
                view.invoice(),
                view.state(),
                view.content().hash(),
                view.content(),
                null,
                null,
                view.preparedBy(),
                view.approvedBy(),
                view.number(),
                view.issuedOn(),
                view.dueOn(),
                view.notes());
    }

    static InvoiceView of(Drafts.Draft draft, Instant graceEnds) {
        return new InvoiceView(
                draft.invoice(),
                "draft",
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
