package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.RackId;
import menara.values.ReservationId;
import org.jspecify.annotations.Nullable;

/**
 * Make a confirmed reservation longer, shorter, larger, smaller, or move it; all at once or not at all.
 *
 * @param until when it ends then; null for as it is
 * @param count how many racks it has then; null for as many as it has
 * @param giveUp racks it gives up, for others
 * @param take racks it takes; any will do if they are fewer than are needed
 */
record ChangeReservation(
        ReservationId reservation,
        @Nullable Instant until,
        @Nullable Integer count,
        List<RackId> giveUp,
        List<RackId> take,
        UUID step,
        Instant at) {

    ChangeReservation {
        giveUp = List.copyOf(giveUp);
        take = List.copyOf(take);
    }
}
