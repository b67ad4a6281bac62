package menara.capacity.expiry;

import java.util.List;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.expiry.ExpiryCommands.EndPeriod;
import menara.capacity.expiry.ExpiryCommands.ExpireHold;
import menara.capacity.reservation.Reservation;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources a reservation, decides, appends. */
@CommandShell
class ExpiryCommandHandler {

    @CommandHandler
    Reservation handle(
            ExpireHold command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ExpiryDecisions.decide(command, reservation), reservation, appender);
    }

    @CommandHandler
    Reservation handle(
            EndPeriod command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ExpiryDecisions.decide(command, reservation), reservation, appender);
    }

    private static Reservation append(List<ReservationEvent> events, Reservation reservation, EventAppender appender) {
        appender.append(events);
        return reservation.evolve(events);
    }
}
