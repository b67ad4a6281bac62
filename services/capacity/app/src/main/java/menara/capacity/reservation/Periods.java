package menara.capacity.reservation;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.events.HoldConfirmed;
import menara.capacity.events.ReservationChanged;
import menara.capacity.events.ReservationSealed;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import menara.eventstore.spring.Policy;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.Uuid7;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.springframework.stereotype.Component;

/** Each promise has a due date, the end of its period: what is handed over by then is given back, and what is not is freed. */
@Component
class Periods implements DueWork {

    private static final String KIND = "capacity-period";

    private final Commands commands;
    private final Clock clock;

    Periods(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        var reservation = new ReservationId(UUID.fromString(id));
        commands.send(
                new EndPeriod(reservation, Uuid7.derived("period-end", reservation.toString()), Timeline.now(clock)),
                Reservation.class);
    }

    /** Scheduled from the events, so that a promise ends whatever happens in between; a change of the period moves its end. */
    @Policy("when-reservation-confirmed-then-end-with-period")
    static class WhenReservationConfirmedThenEndWithPeriod {

        private final DueDates dueDates;

        WhenReservationConfirmedThenEndWithPeriod(DueDates dueDates) {
            this.dueDates = dueDates;
        }

        @EventHandler(eventName = "menara.capacity.ReservationSealed")
        void on(ReservationSealed event) {
            endAt(event.reservation(), event.period());
        }

        @EventHandler(eventName = "menara.capacity.HoldConfirmed")
        void on(HoldConfirmed event) {
            endAt(event.reservation(), event.period());
        }

        @EventHandler(eventName = "menara.capacity.ReservationChanged")
        void on(ReservationChanged event) {
            endAt(event.reservation(), event.period());
        }

        private void endAt(ReservationId reservation, Period period) {
            dueDates.schedule(KIND, reservation.toString(), period.until());
        }
    }
}
