package menara.investment.milestones;

import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import menara.investment.milestones.MilestoneCommands.CountRack;
import menara.operations.contract.RackEnergised;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Operations accepting a rack is the evidence for the milestones of its phase. The rack itself is what makes a repetition harmless. */
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
