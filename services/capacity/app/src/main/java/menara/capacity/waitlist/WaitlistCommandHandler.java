package menara.capacity.waitlist;

import menara.capacity.campus.Campus;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.ledger.Ledger;
import menara.capacity.waitlist.WaitlistCommands.ServeWaitlist;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the campus and the ledger, decides, appends. */
@CommandShell
class WaitlistCommandHandler {

    private final KnownContracts contracts;

    WaitlistCommandHandler(KnownContracts contracts) {
        this.contracts = contracts;
    }

    /** @return how many were confirmed */
    @CommandHandler
    int handle(
            ServeWaitlist command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        var served = WaitlistDecisions.decide(command, campus, ledger, contracts);
        appender.append(served);
        return served.size();
    }
}
