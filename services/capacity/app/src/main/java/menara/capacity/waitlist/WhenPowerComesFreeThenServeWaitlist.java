package menara.capacity.waitlist;

import java.time.Instant;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.waitlist.WaitlistCommands.ServeWaitlist;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Serves the waitlist after any event that may have made room. An unneeded run confirms nothing. */
@Policy("when-power-comes-free-then-serve-waitlist")
class WhenPowerComesFreeThenServeWaitlist {

    private final Commands commands;

    WhenPowerComesFreeThenServeWaitlist(Commands commands) {
        this.commands = commands;
    }

    @EventHandler(eventName = "menara.capacity.ReservationWaitlisted")
    void on(ReservationWaitlisted event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationEnded")
    void on(ReservationEnded event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.HoldExpired")
    void on(HoldExpired event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationWithdrawn")
    void on(ReservationWithdrawn event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.PowerCommissioned")
    void on(PowerCommissioned event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.PowerRestored")
    void on(PowerRestored event) {
        serve(event.at());
    }

    private void serve(Instant at) {
        commands.send(new ServeWaitlist(at), Integer.class);
    }
}
