package menara.capacity.events;

import menara.values.ReservationId;

/** The life of a reservation: requested, then sealed or refused, then handed over, then returned. */
public sealed interface ReservationEvent
        permits ReservationRequested,
                ReservationSealed,
                ReservationRefused,
                RacksHandedOver,
                RacksReturned,
                ReservationEndangered,
                ReservationSecured {

    ReservationId reservation();
}
