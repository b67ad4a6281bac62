package menara.billing.racks;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import menara.billing.racks.RackMeteringCommands.StartRackMetering;
import menara.billing.racks.RackMeteringCommands.StopRackMetering;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import menara.values.Period;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Racks cost from the moment they are handed over until they are given back, whether they are used or not. */
@Policy(value = "when-reservation-activated-then-meter-racks", of = "capacity", by = "reservation")
class WhenReservationActivatedThenMeterRacks {

    private final Commands commands;
    private final Clock clock;

    WhenReservationActivatedThenMeterRacks(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @EventHandler(eventName = "menara.capacity.ReservationActivated")
    void on(ReservationActivated event) {
        commands.send(new StartRackMetering(
                event.reservation(),
                event.contract(),
                event.tenant(),
                event.racks().size(),
                handedOver(event),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Period handedOver(ReservationActivated event) {
        var promised = event.period();
        return event.handedOverAt().isAfter(promised.from())
                ? new Period(event.handedOverAt(), promised.until())
                : promised;
    }

    @EventHandler(eventName = "menara.capacity.ReservationEnded")
    void on(ReservationEnded event) {
        commands.send(new StopRackMetering(
                event.reservation(), event.endedAt(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
}
