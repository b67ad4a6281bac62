package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Ended;
import menara.capacity.reservation.Reservation.Expired;
import menara.capacity.reservation.Reservation.Held;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Rejected;
import menara.capacity.reservation.Reservation.Released;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.Reservation.ReservedRacks;
import menara.capacity.reservation.Reservation.Terms;
import menara.capacity.reservation.Reservation.Waitlisted;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/** Shows what a command decided, without waiting for any projection. */
final class ReservationViews {

    private ReservationViews() {}

    static ReservationView of(Reservation reservation) {
        return switch (reservation) {
            case None _ ->
                throw new IllegalStateException("a command answered with a reservation that was not requested");
            case Requested requested ->
                view(requested.terms(), ReservationState.REQUESTED, null, null, null, null, null);
            case Waitlisted waitlisted ->
                view(waitlisted.terms(), ReservationState.WAITLISTED, null, null, null, null, null);
            case Held held ->
                view(held.terms(), ReservationState.HELD, held.reserved(), null, null, null, held.expiresAt());
            case Expired expired -> view(expired.terms(), ReservationState.EXPIRED, null, null, null, null, null);
            case Released released -> view(released.terms(), ReservationState.RELEASED, null, null, null, null, null);
            case Confirmed confirmed ->
                view(confirmed.terms(), ReservationState.CONFIRMED, confirmed.reserved(), null, null, null, null);
            case Rejected rejected ->
                view(rejected.terms(), ReservationState.REJECTED, null, rejected, null, null, null);
            case Active active ->
                view(
                        active.terms(),
                        ReservationState.ACTIVE,
                        active.reserved(),
                        null,
                        active.activatedAt(),
                        null,
                        null);
            case Ended ended ->
                view(
                        ended.terms(),
                        ReservationState.ENDED,
                        ended.reserved(),
                        null,
                        ended.activatedAt(),
                        ended.endedAt(),
                        null);
        };
    }

    private static ReservationView view(
            Terms terms,
            ReservationState state,
            @Nullable ReservedRacks reserved,
            @Nullable Rejected rejected,
            @Nullable Instant activatedAt,
            @Nullable Instant endedAt,
            @Nullable Instant expiresAt) {
        return new ReservationView(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                state,
                terms.steps(),
                terms.period(),
                terms.demand(),
                reserved == null ? List.of() : reserved.racks(),
                reserved == null ? 0 : reserved.gpus(),
                reserved == null ? Power.ZERO : reserved.power(),
                rejected == null ? null : rejected.rule(),
                rejected == null ? null : rejected.reason(),
                terms.requestedAt(),
                reserved == null || state == ReservationState.HELD ? null : reserved.confirmedAt(),
                rejected == null ? null : rejected.rejectedAt(),
                activatedAt,
                endedAt,
                expiresAt);
    }
}
