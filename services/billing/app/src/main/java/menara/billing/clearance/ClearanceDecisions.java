package menara.billing.clearance;

import java.util.List;
import menara.billing.clearance.ClearanceAuthority.Answer;
import menara.billing.clearance.ClearanceCommands.RecordAnswer;
import menara.billing.clearance.ClearanceCommands.RecordSubmission;

/** What a submission and an answer change. */
final class ClearanceDecisions {

    private ClearanceDecisions() {}

    static List<ClearanceEvent> decide(RecordSubmission command, Clearance clearance) {
        return clearance instanceof Clearance.None
                ? List.of(new DocumentSubmitted(command.number(), command.invoice(), command.reference(), command.at()))
                : List.of(); // a submission whose answer was lost is the same submission
    }

    static List<ClearanceEvent> decide(RecordAnswer command, Clearance clearance) {
        if (!(clearance instanceof Clearance.Submitted)) {
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
}
