package menara.capacity.reservation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import menara.capacity.campus.Boundary;
import menara.capacity.campus.Campus;
import menara.capacity.contracts.Agreements;
import menara.capacity.events.ReservationEvent;
import menara.capacity.ledger.Ledger;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.StateManager;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
class ReservationShell {

    private final Agreements agreements;

    ReservationShell(Agreements agreements) {
        this.agreements = agreements;
    }

    @CommandHandler
    Reservation handle(
            RequestReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            @InjectEntity(idProperty = "boundary") Campus layout,
            EventAppender appender) {
        Grounds.check(command, reservation, agreements);
        return append(ReservationDecisions.decide(command, reservation, layout), reservation, appender);
    }

    /** Only the request knows which phases matter, so the campus is sourced second; both are in the boundary of the decision. */
    @CommandHandler
    CompletableFuture<Reservation> handle(
            ConfirmReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        Grounds.check(command, reservation, agreements);
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
        Grounds.check(command, reservation, agreements);
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
        Grounds.check(command, reservation, agreements);
        return seen(reservation, context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    /** @return how many were confirmed */
    @CommandHandler
    int handle(
            ServeWaitlist command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        var served = Waitlist.decide(command, campus, ledger, agreements);
        appender.append(served);
        return served.size();
    }

    /** What it takes instead may stand anywhere. */
    @CommandHandler
    CompletableFuture<Reservation> handle(
            ChangeReservation command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender,
            ProcessingContext context) {
        Grounds.check(command, reservation, agreements);
        return context.component(StateManager.class)
                .loadEntity(Campus.class, new Boundary.Site(), context)
                .thenApply(campus ->
                        append(ReservationDecisions.decide(command, reservation, campus), reservation, appender));
    }

    @CommandHandler
    Reservation handle(
            ExpireHold command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ReservationDecisions.decide(command, reservation), reservation, appender);
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

    @CommandHandler
    Reservation handle(
            EndPeriod command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(HandOver.decide(command, reservation), reservation, appender);
    }

    @CommandHandler
    Reservation handle(
            CutToTerm command,
            @InjectEntity(idProperty = "reservation") Reservation reservation,
            EventAppender appender) {
        return append(ContractEnd.decide(command, reservation), reservation, appender);
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
}
