package menara.billing.contracts;

import java.util.List;
import menara.billing.contracts.ContractCommands.AmendContract;
import menara.billing.contracts.ContractCommands.RenewContract;
import menara.billing.contracts.ContractCommands.SignContract;
import menara.billing.contracts.ContractCommands.TerminateContract;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.values.ContractId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a contract, decides, appends, and answers with what the contract is then. */
@CommandShell
class ContractCommandHandler {

    @CommandHandler
    Contract.Signed handle(SignContract command, @InjectEntity Contract contract, EventAppender events) {
        return appended(contract, ContractDecisions.decide(command, contract), events);
    }

    @CommandHandler
    Contract.Signed handle(AmendContract command, @InjectEntity Contract contract, EventAppender events) {
        return appended(contract, ContractDecisions.decide(command, contract), events);
    }

    @CommandHandler
    Contract.Signed handle(RenewContract command, @InjectEntity Contract contract, EventAppender events) {
        return appended(contract, ContractDecisions.decide(command, contract), events);
    }

    @CommandHandler
    Contract.Signed handle(TerminateContract command, @InjectEntity Contract contract, EventAppender events) {
        return appended(contract, ContractDecisions.decide(command, contract), events);
    }

    /** The answer comes from the decision, so that a contract is visible at once even while its projection lags. */
    private static Contract.Signed appended(Contract contract, List<ContractEvent> decided, EventAppender events) {
        events.append(decided);
        return switch (decided.stream().reduce(contract, ContractDecisions::evolve, (earlier, _) -> earlier)) {
            case Contract.Signed signed -> signed;
            case Contract.None _ -> throw new IllegalStateException("a decision without a contract");
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<ContractId, Contract, ContractEvent> contractState() {
            return EventSourcedState.taggedWith(
                    "contract",
                    ContractId.class,
                    Contract.class,
                    ContractEvent.class,
                    new Contract.None(),
                    ContractDecisions::evolve);
        }
    }
}
