package menara.capacity.reservation;

import java.time.Instant;
import menara.capacity.events.HoldExpired;
import menara.capacity.events.NodeRestored;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationChanged;
import menara.capacity.events.ReservationReleased;
import menara.capacity.events.ReservationWaitlisted;
import menara.capacity.reservation.WaitlistCommands.ServeWaitlist;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Whatever may have made room, those who wait are looked at. Looking once too often decides nothing. */
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

    @EventHandler(eventName = "menara.capacity.RacksReturned")
    void on(RacksReturned event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.HoldExpired")
    void on(HoldExpired event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReleased")
    void on(ReservationReleased event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationChanged")
    void on(ReservationChanged event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.PowerReleased")
    void on(PowerReleased event) {
        serve(event.at());
    }

    @EventHandler(eventName = "menara.capacity.NodeRestored")
    void on(NodeRestored event) {
        serve(event.at());
    }

    private void serve(Instant at) {
        commands.send(new ServeWaitlist(at), Integer.class);
    }
}
