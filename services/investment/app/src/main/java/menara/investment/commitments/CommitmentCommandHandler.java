package menara.investment.commitments;

import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.investment.commitments.CommitmentCommands.MakeCommitment;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources all commitments of the fund, decides, appends, and answers with the commitment. */
@CommandShell
final class CommitmentCommandHandler {

    @CommandHandler
    CommitmentView handle(MakeCommitment command, @InjectEntity Commitments commitments, EventAppender events) {
        var decided = CommitmentDecisions.decide(command, commitments);
        events.append(decided);
        var next = decided.stream().reduce(commitments, Commitments::evolve, (earlier, _) -> earlier);
        return next.find(command.partner(), command.shareClass())
                .map(CommitmentView::of)
                .orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        /** The boundary is all commitments of the fund: its one currency is decided over all of them. */
        @Bean
        EventSourcedState<FundId, Commitments, CommitmentEvent> commitmentsState() {
            return EventSourcedState.taggedWith(
                    "commitments-of",
                    FundId.class,
                    Commitments.class,
                    CommitmentEvent.class,
                    Commitments.NONE,
                    Commitments::evolve);
        }
    }
}
