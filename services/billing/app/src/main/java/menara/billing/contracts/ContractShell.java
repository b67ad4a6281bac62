package menara.billing.contracts;

import menara.platform.eventsourcing.CommandShell;
import menara.platform.eventsourcing.EventSourcedState;
import menara.values.ContractId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@CommandShell
class ContractShell {

    @CommandHandler
    void handle(SignContract command, @InjectEntity Contract contract, EventAppender events) {
        events.append(ContractDecisions.decide(command, contract));
    }

    @CommandHandler
    void handle(ContractChanges.AmendContract command, @InjectEntity Contract contract, EventAppender events) {
        events.append(ContractDecisions.decide(command, contract));
    }

    @CommandHandler
    void handle(ContractChanges.RenewContract command, @InjectEntity Contract contract, EventAppender events) {
        events.append(ContractDecisions.decide(command, contract));
    }

    @CommandHandler
    void handle(ContractChanges.TerminateContract command, @InjectEntity Contract contract, EventAppender events) {
        events.append(ContractDecisions.decide(command, contract));
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
