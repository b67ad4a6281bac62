package menara.capacity.inventory;

import menara.capacity.campus.Campus;
import menara.capacity.inventory.InventoryCommands.RegisterRacks;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the layout, decides, appends. */
@CommandShell
class InventoryCommandHandler {

    @CommandHandler
    ImportResult handle(
            RegisterRacks command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        var decided = InventoryDecisions.decide(command, layout);
        appender.append(decided.events());
        return decided.result();
    }
}
