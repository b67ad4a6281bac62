package menara.billing.clearance;

import java.time.Instant;
import java.util.List;
import menara.billing.clearance.ClearanceAuthority.Answer;
import menara.billing.invoicing.InvoiceId;

/** Where a document stands at the authority. */
sealed interface Clearance {

    record None() implements Clearance {}

    record Submitted(String reference) implements Clearance {}

    record Cleared(String clearance) implements Clearance {}

    record Rejected(List<String> reasons) implements Clearance {}

    /** The authority took the document in. */
    record RecordSubmission(DocumentNumber number, InvoiceId invoice, String reference, Instant at) {}

    /** The authority answered about it. */
    record RecordAnswer(DocumentNumber number, InvoiceId invoice, Answer answer, Instant at) {}

    /** Look. Changes nothing. */
    record Find(DocumentNumber number) {}

    static List<ClearanceEvent> decide(RecordSubmission command, Clearance clearance) {
        return clearance instanceof None
                ? List.of(new DocumentSubmitted(command.number(), command.invoice(), command.reference(), command.at()))
                : List.of(); // a submission whose answer was lost is the same submission
    }

    static List<ClearanceEvent> decide(RecordAnswer command, Clearance clearance) {
        if (!(clearance instanceof Submitted)) {
            return List.of(); // answered before
        }
        return switch (command.answer()) {
            case Answer.Pending _ -> List.of();
            case Answer.Cleared(var id) ->
                List.of(new DocumentCleared(command.number(), command.invoice(), id, command.at()));
            case Answer.Rejected(var reasons) ->
                List.of(new DocumentRejected(command.number(), command.invoice(), reasons, command.at()));
        };
    }

    default Clearance evolve(ClearanceEvent event) {
        return switch (event) {
            case DocumentSubmitted e -> new Submitted(e.reference());
            case DocumentCleared e -> new Cleared(e.clearance());
            case DocumentRejected e -> new Rejected(e.reasons());
        };
    }
}
