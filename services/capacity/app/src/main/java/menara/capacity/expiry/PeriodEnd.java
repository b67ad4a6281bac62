package menara.capacity.expiry;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.expiry.ExpiryCommands.EndPeriod;
import menara.capacity.reservation.Reservation;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueWork;
import menara.values.ReservationId;
import menara.values.Uuid8;
import org.springframework.stereotype.Component;

/** Each commitment has a due date, the end of its period: then an allocation ends, and racks that were not handed over are freed. */
@Component
class PeriodEnd implements DueWork {

    static final String KIND = "capacity-period";

    private final Commands commands;
    private final Clock clock;

    PeriodEnd(Commands commands, Clock clock) {
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
                new EndPeriod(reservation, Uuid8.derived("period-end", reservation.toString()), Timeline.now(clock)),
                Reservation.class);
    }
}
