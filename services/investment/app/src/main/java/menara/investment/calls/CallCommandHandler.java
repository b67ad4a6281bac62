package menara.investment.calls;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.investment.calendar.BusinessCalendar;
import menara.investment.calls.CallCommands.DraftCapitalCall;
import menara.investment.calls.CallCommands.IssueCapitalCall;
import menara.investment.calls.CallCommands.ReceiveContribution;
import menara.investment.commitments.Commitments;
import menara.investment.commitments.FundId;
import menara.investment.milestones.Milestone;
import menara.values.CapitalCallId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.StateManager;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a call and the other states of its decision, decides, appends, and answers with the new state of the call. */
@CommandShell
final class CallCommandHandler {

    private final BusinessCalendar calendar;

    CallCommandHandler(BusinessCalendar calendar) {
        this.calendar = calendar;
    }

    @CommandHandler
    CallView handle(
            DraftCapitalCall command,
            @InjectEntity(idProperty = "call") CapitalCall call,
            @InjectEntity(idProperty = "milestone") Milestone milestone,
            @InjectEntity(idProperty = "fund") Commitments commitments,
            EventAppender events) {
        return appended(
                command.call(), call, CallDecisions.decide(command, call, milestone, commitments, calendar), events);
    }

    @CommandHandler
    CompletableFuture<CallView> handle(
            IssueCapitalCall command,
            @InjectEntity(idProperty = "call") CapitalCall call,
            @InjectEntity(idProperty = "fund") Commitments commitments,
            @InjectEntity(idProperty = "fund") CalledCapital called,
            EventAppender events,
            ProcessingContext context) {
        return gate(call, context)
                .thenApply(milestone -> appended(
                        command.call(),
                        call,
                        CallDecisions.decide(command, call, milestone, commitments, called, calendar),
                        events));
    }

    @CommandHandler
    CallView handle(
            ReceiveContribution command, @InjectEntity(idProperty = "call") CapitalCall call, EventAppender events) {
        return appended(command.call(), call, CallDecisions.decide(command, call, calendar), events);
    }

    /** The draft names the milestone, so it is sourced second; both are in the boundary of the decision. */
    private static CompletableFuture<Milestone> gate(CapitalCall call, ProcessingContext context) {
        return switch (call) {
            case CapitalCall.Draft draft ->
                context.component(StateManager.class)
                        .loadEntity(Milestone.class, draft.terms().milestone(), context);
            case CapitalCall.None _, CapitalCall.Issued _ -> CompletableFuture.completedFuture(new Milestone.Unknown());
        };
    }

    private static CallView appended(
            CapitalCallId id, CapitalCall call, List<CallEvent> decided, EventAppender events) {
        events.append(decided);
        return CallView.of(id, decided.stream().reduce(call, CapitalCall::evolve, (earlier, _) -> earlier));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<CapitalCallId, CapitalCall, CallEvent> capitalCallState() {
            return EventSourcedState.taggedWith(
                    "capital-call",
                    CapitalCallId.class,
                    CapitalCall.class,
                    CallEvent.class,
                    new CapitalCall.None(),
                    CapitalCall::evolve);
        }

        @Bean
        EventSourcedState<FundId, CalledCapital, CallEvent> calledCapitalState() {
            return EventSourcedState.taggedWith(
                    "calls-on",
                    FundId.class,
                    CalledCapital.class,
                    CallEvent.class,
                    CalledCapital.NONE,
                    CalledCapital::evolve);
        }
    }
}
