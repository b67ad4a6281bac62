package menara.capacity.contractend;

import java.util.List;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.contractend.ContractEndCommands.CutToTerm;
import menara.capacity.reservation.Reservation;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources a reservation, decides, appends. */
@CommandShell
class ContractEndCommandHandler {

    @CommandHandler
    Reservation handle(
            CutToTerm command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ContractEndDecisions.decide(command, reservation), reservation, appender);
    }

    private static Reservation append(List<ReservationEvent> events, Reservation reservation, EventAppender appender) {
        appender.append(events);
        return reservation.evolve(events);
    }
}
