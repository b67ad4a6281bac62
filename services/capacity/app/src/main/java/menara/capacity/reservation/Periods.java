package menara.capacity.reservation;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.events.RacksHandedOver;
import menara.platform.eventsourcing.Commands;
import menara.platform.eventsourcing.Policy;
import menara.platform.time.DueDates;
import menara.platform.time.DueWork;
import menara.values.ReservationId;
import menara.values.Uuid7;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.springframework.stereotype.Component;

/** Each allocation has a due date, the end of its period: what was not given back until then is given back by it. */
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

    /** Scheduled from the event, so that an allocation ends whatever happens in between. */
    @Policy("when-racks-handed-over-then-end-with-period")
    static class WhenRacksHandedOverThenEndWithPeriod {

        private final DueDates dueDates;

        WhenRacksHandedOverThenEndWithPeriod(DueDates dueDates) {
            this.dueDates = dueDates;
        }

        @EventHandler(eventName = "menara.capacity.RacksHandedOver")
        void on(RacksHandedOver event) {
            dueDates.schedule(
                    KIND, event.reservation().toString(), event.period().until());
        }
    }
}
