package menara.capacity.commitments;

import menara.capacity.boundary.CampusEvent;

/** An event that changes the commitments of the campus, or the waitlist. */
public sealed interface CommitmentEvent extends ReservationEvent, CampusEvent
        permits ReservationWaitlisted,
                ReservationHeld,
                HoldConfirmed,
                HoldExpired,
                ReservationConfirmed,
                ReservationReplaced,
                ReservationWithdrawn,
                ReservationEnded {}
