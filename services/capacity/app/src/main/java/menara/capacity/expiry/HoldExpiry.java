package menara.capacity.expiry;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.expiry.ExpiryCommands.ExpireHold;
import menara.capacity.reservation.Reservation;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueWork;
import menara.values.ReservationId;
import org.springframework.stereotype.Component;

/** Each hold has a due date: if it is not confirmed by then, its racks are free again. */
@Component
class HoldExpiry implements DueWork {

    static final String KIND = "capacity-hold";

    private final Commands commands;
    private final Clock clock;

    HoldExpiry(Commands commands, Clock clock) {
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
}
