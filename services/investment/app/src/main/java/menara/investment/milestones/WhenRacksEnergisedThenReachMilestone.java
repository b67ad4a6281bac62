package menara.investment.milestones;

import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import menara.investment.milestones.MilestoneCommands.CountRack;
import menara.operations.contract.RackEnergised;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * A rack that operations accepts counts towards the milestones of its phase. It counts once by its id, so that a repetition is harmless.
 */
@Policy(value = "when-racks-energised-then-reach-milestone", of = "operations")
final class WhenRacksEnergisedThenReachMilestone {

    private final Commands commands;

    WhenRacksEnergisedThenReachMilestone(Commands commands) {
        this.commands = commands;
    }

    @EventHandler(eventName = "menara.operations.RackEnergised")
    void on(RackEnergised event) {
        commands.send(new CountRack(event.rack(), event.phase(), event.gpus(), event.energisedAt()));
    }
}
