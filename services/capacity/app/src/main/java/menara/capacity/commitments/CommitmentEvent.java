package menara.capacity.commitments;

import menara.capacity.boundary.CampusEvent;

/** What changes how much of the campus is committed, and who waits for a commitment. */
public sealed interface CommitmentEvent extends ReservationEvent, CampusEvent
        permits ReservationWaitlisted,
                ReservationHeld,
                HoldConfirmed,
                HoldExpired,
                ReservationConfirmed,
                ReservationReplaced,
                ReservationWithdrawn,
                ReservationEnded {}
