package menara.investment.commitments;

import menara.platform.eventsourcing.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
final class CommitmentShell {

    @CommandHandler
    void handle(MakeCommitment command, @InjectEntity Commitments commitments, EventAppender events) {
        events.append(Commitments.decide(command, commitments));
    }
}
