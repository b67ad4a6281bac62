package menara.capacity.events;

import java.util.UUID;
import menara.values.ReservationId;
import org.jspecify.annotations.Nullable;

/** The life of a reservation: requested, perhaps held, then sealed or refused, then handed over, then returned. */
public sealed interface ReservationEvent
        permits ReservationRequested,
                ReservationWaitlisted,
                ReservationHeld,
                HoldConfirmed,
                HoldExpired,
                ReservationSealed,
                ReservationRefused,
                ReservationChanged,
                ReservationReleased,
                RacksHandedOver,
                RacksReturned,
                PromiseCutShort,
                ReservationEndangered,
                ReservationSecured {

    ReservationId reservation();

    /** Which step of a caller this was; null for what comes by itself. */
    default @Nullable UUID step() {
        return null;
    }
}
