package menara.investment.commitments;

import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
final class CommitmentShell {

    @CommandHandler
    CommitmentView handle(MakeCommitment command, @InjectEntity Commitments commitments, EventAppender events) {
        var decided = Commitments.decide(command, commitments);
        events.append(decided);
        var next = decided.stream().reduce(commitments, Commitments::evolve, (earlier, _) -> earlier);
        return next.find(command.partner(), command.shareClass())
                .map(CommitmentView::of)
                .orElseThrow();
    }
}
