package menara.capacity.events;

import menara.values.ReservationId;

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
                ReservationEndangered,
                ReservationSecured {

    ReservationId reservation();
}
