package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Ended;
import menara.capacity.reservation.Reservation.Holding;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Rejected;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.Reservation.Terms;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/** Shows what a command decided, without waiting for any projection. */
final class ReservationViews {

    private ReservationViews() {}

    static ReservationView of(Reservation reservation) {
        return switch (reservation) {
            case None _ -> throw new IllegalStateException("a command answered with a reservation nobody asked for");
            case Requested requested -> view(requested.terms(), ReservationState.REQUESTED, null, null, null, null);
            case Confirmed confirmed ->
                view(confirmed.terms(), ReservationState.CONFIRMED, confirmed.holding(), null, null, null);
            case Rejected rejected -> view(rejected.terms(), ReservationState.REJECTED, null, rejected, null, null);
            case Active active ->
                view(active.terms(), ReservationState.ACTIVE, active.holding(), null, active.activatedAt(), null);
            case Ended ended ->
                view(
                        ended.terms(),
                        ReservationState.ENDED,
                        ended.holding(),
                        null,
                        ended.activatedAt(),
                        ended.endedAt());
        };
    }

    private static ReservationView view(
            Terms terms,
            ReservationState state,
            @Nullable Holding holding,
            @Nullable Rejected rejected,
            @Nullable Instant activatedAt,
            @Nullable Instant endedAt) {
        return new ReservationView(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                state.shown(),
                state.version(),
                terms.period(),
                terms.demand(),
                holding == null ? List.of() : holding.racks(),
                holding == null ? 0 : holding.gpus(),
                holding == null ? Power.ZERO : holding.power(),
                rejected == null ? null : rejected.rule(),
                rejected == null ? null : rejected.reason(),
                terms.requestedAt(),
                holding == null ? null : holding.confirmedAt(),
                rejected == null ? null : rejected.rejectedAt(),
                activatedAt,
                endedAt);
    }
}
