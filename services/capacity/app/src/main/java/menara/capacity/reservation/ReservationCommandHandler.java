package menara.capacity.reservation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.values.ReservationId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.StateManager;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a reservation and the campus, decides, appends. */
@CommandShell
class ReservationCommandHandler {

    private final KnownContracts contracts;

    ReservationCommandHandler(KnownContracts contracts) {
        this.contracts = contracts;
    }

    @CommandHandler
    Reservation handle(
            RequestReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            @InjectEntity(idProperty = "boundary") Campus layout,
            EventAppender appender) {
        ContractCheck.check(command, reservation, contracts);
        return append(ReservationDecisions.decide(command, reservation, layout), reservation, appender);
    }

    /** The request says which phases matter, so the campus is sourced second; both are in the boundary of the decision. */
    @CommandHandler
    CompletableFuture<Reservation> handle(
            ConfirmReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        ContractCheck.check(command, reservation, contracts);
        return seen(reservation, context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    @CommandHandler
    CompletableFuture<Reservation> handle(
            HoldReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        ContractCheck.check(command, reservation, contracts);
        return seen(reservation, context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    @CommandHandler
    CompletableFuture<Reservation> handle(
            WaitlistReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        ContractCheck.check(command, reservation, contracts);
        return seen(reservation, context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    /** Its new racks may stand in any hall. */
    @CommandHandler
    CompletableFuture<Reservation> handle(
            ChangeReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        ContractCheck.check(command, reservation, contracts);
        return context.component(StateManager.class)
                .loadEntity(Campus.class, new Boundary.Site(), context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    @CommandHandler
    Reservation handle(
            ReleaseReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ReservationDecisions.decide(command, reservation), reservation, appender);
    }

    @CommandHandler
    Reservation handle(
            ActivateReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ReservationDecisions.decide(command, reservation), reservation, appender);
    }

    @CommandHandler
    Reservation handle(
            EndReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ReservationDecisions.decide(command, reservation), reservation, appender);
    }

    private static CompletableFuture<Campus> seen(Reservation reservation, ProcessingContext context) {
        if (!(reservation instanceof Reservation.Requested(var terms))) {
            return CompletableFuture.completedFuture(Campus.EMPTY);
        }
        var states = context.component(StateManager.class);
        return states.loadEntity(Campus.class, Boundary.of(terms.phases()), context)
                .thenCompose(campus -> campus.connected() && !terms.phases().isEmpty()
                        // The nodes above these phases may feed others as well (ADR 23).
                        ? states.loadEntity(Campus.class, new Boundary.Site(), context)
                        : CompletableFuture.completedFuture(campus));
    }

    private static Reservation append(List<ReservationEvent> events, Reservation reservation, EventAppender appender) {
        appender.append(events);
        return reservation.evolve(events);
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<ReservationId, Reservation, ReservationEvent> reservation() {
            return EventSourcedState.taggedWith(
                    CampusEvent.Tags.RESERVATION,
                    ReservationId.class,
                    Reservation.class,
                    ReservationEvent.class,
                    new Reservation.None(),
                    Reservation::evolve);
        }
    }
}
