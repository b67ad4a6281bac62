package menara.billing.clearance;

import java.time.Instant;
import menara.billing.clearance.ClearanceAuthority.Answer;
import menara.billing.drafting.InvoiceId;

/** What is recorded of a document at the authority. */
sealed interface ClearanceCommands {

    /** The authority received the document. */
    record RecordSubmission(DocumentNumber number, InvoiceId invoice, String reference, Instant at)
            implements ClearanceCommands {}

    /** The authority answered about it. */
    record RecordAnswer(DocumentNumber number, InvoiceId invoice, Answer answer, Instant at)
            implements ClearanceCommands {}
}
