package menara.capacity.risk;

import java.time.Instant;
import menara.capacity.events.HoldExpired;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationChanged;
import menara.capacity.events.ReservationEndangered;
import menara.capacity.events.ReservationReleased;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** What somebody gives back, or what is commissioned, may end another's risk. Looking once too often decides nothing. */
@Policy("when-power-comes-free-then-assess-risk")
class WhenPowerComesFreeThenAssessRisk {

    private final Commands commands;
    private final RiskWatch watch;

    WhenPowerComesFreeThenAssessRisk(Commands commands, RiskWatch watch) {
        this.commands = commands;
        this.watch = watch;
    }

    @EventHandler(eventName = "menara.capacity.ReservationEndangered")
    void on(ReservationEndangered event) {
        watch.begin();
    }

    @EventHandler(eventName = "menara.capacity.PowerReleased")
    void on(PowerReleased event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.RacksReturned")
    void on(RacksReturned event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.HoldExpired")
    void on(HoldExpired event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReleased")
    void on(ReservationReleased event) {
        assess(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationChanged")
    void on(ReservationChanged event) {
        assess(event.at());
    }

    private void assess(Instant at) {
        commands.send(new AssessRisk(at), Outlook.class);
    }
}
