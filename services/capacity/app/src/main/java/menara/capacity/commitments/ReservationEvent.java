package menara.capacity.commitments;

import java.util.UUID;
import menara.values.ReservationId;
import org.jspecify.annotations.Nullable;

/** The life of a reservation: requested, perhaps held, then confirmed or rejected, then activated, then ended. */
public sealed interface ReservationEvent
        permits ReservationRequested, ReservationRejected, ReservationActivated, ReservationCutShort, CommitmentEvent {

    ReservationId reservation();

    /** Which step of a caller this was; null if no caller caused it. */
    default @Nullable UUID step() {
        return null;
    }
}
