package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.Boundary;
import menara.capacity.commitments.Demand;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/** The steps in the life of a reservation that callers take. */
sealed interface ReservationCommands {

    /** Ask for racks. */
    record RequestReservation(
            ReservationId reservation, ContractId contract, TenantId tenant, Period period, Demand demand, Instant at)
            implements ReservationCommands {

        /** Named racks must exist; whether they are free is not checked yet. */
        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }

    /** @param expiresAt first instant at which the hold can no longer be confirmed */
    record HoldReservation(ReservationId reservation, Instant expiresAt, UUID step, Instant at)
            implements ReservationCommands {}

    /** Put a request on the waitlist. */
    record WaitlistReservation(ReservationId reservation, UUID step, Instant at) implements ReservationCommands {}

    /** Confirm a requested reservation, or reject it. */
    record ConfirmReservation(ReservationId reservation, UUID step, Instant at) implements ReservationCommands {}

    /**
     * Make a confirmed reservation longer, shorter, larger, smaller, or move it; all at once or not at all.
     *
     * @param until when it ends then; null to keep it
     * @param count how many racks it has then; null to keep the number
     * @param giveUp racks it gives up, for others
     * @param take racks it takes by name; the rest may be any
     */
    record ChangeReservation(
            ReservationId reservation,
            @Nullable Instant until,
            @Nullable Integer count,
            List<RackId> giveUp,
            List<RackId> take,
            UUID step,
            Instant at)
            implements ReservationCommands {

        public ChangeReservation {
            giveUp = List.copyOf(giveUp);
            take = List.copyOf(take);
        }
    }

    /** Release a reservation before its racks are handed over. */
    record ReleaseReservation(ReservationId reservation, UUID step, Instant at) implements ReservationCommands {}

    /**
     * Hand the racks of a confirmed reservation to its tenant.
     *
     * @param handedOverAt first instant at which the tenant has them, {@code at} or before
     */
    record ActivateReservation(ReservationId reservation, Instant handedOverAt, UUID step, Instant at)
            implements ReservationCommands {}

    /**
     * End an allocation.
     *
     * @param endedAt first instant at which the racks are free
     */
    record EndReservation(ReservationId reservation, Instant endedAt, UUID step, Instant at)
            implements ReservationCommands {}
}
