package menara.capacity.reservation;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.events.ReservationHeld;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import menara.eventstore.spring.Policy;
import menara.values.ReservationId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.springframework.stereotype.Component;

/** Each hold has a due date: what was not confirmed until then is free again. */
@Component
class Holds implements DueWork {

    private static final String KIND = "capacity-hold";

    private final Commands commands;
    private final Clock clock;

    Holds(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        commands.send(new ExpireHold(new ReservationId(UUID.fromString(id)), Timeline.now(clock)), Reservation.class);
    }

    /** Scheduled from the event, so that a hold that was acknowledged expires whatever happens in between. */
    @Policy("when-reservation-held-then-expire")
    static class WhenReservationHeldThenExpire {

        private final DueDates dueDates;

        WhenReservationHeldThenExpire(DueDates dueDates) {
            this.dueDates = dueDates;
        }

        @EventHandler(eventName = "menara.capacity.ReservationHeld")
        void on(ReservationHeld event) {
            dueDates.schedule(KIND, event.reservation().toString(), event.expiresAt());
        }
    }
}
