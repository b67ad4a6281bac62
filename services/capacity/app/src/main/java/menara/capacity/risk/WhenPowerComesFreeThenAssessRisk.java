package menara.capacity.risk;

import java.time.Instant;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * Racks that one reservation gives back, or newly commissioned power, may end the risk of another. An unneeded assessment records nothing.
 */
@Policy("when-power-comes-free-then-assess-risk")
class WhenPowerComesFreeThenAssessRisk {

    private final Commands commands;
    private final RiskWatch watch;

    WhenPowerComesFreeThenAssessRisk(Commands commands, RiskWatch watch) {
        this.commands = commands;
        this.watch = watch;
    }

    @EventHandler(eventName = "menara.capacity.ReservationAtRisk")
    void on(ReservationAtRisk event) {
        watch.begin();
    }

    @EventHandler(eventName = "menara.capacity.PowerCommissioned")
    void on(PowerCommissioned event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationEnded")
    void on(ReservationEnded event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.HoldExpired")
    void on(HoldExpired event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationWithdrawn")
    void on(ReservationWithdrawn event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        assess(event.at());
    }

    private void assess(Instant at) {
        commands.send(new AssessRisk(at), Outlook.class);
    }
}
