package menara.capacity.expiry;

import menara.capacity.commitments.ReservationHeld;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** The event schedules it, so that an acknowledged hold expires even after a crash. */
@Policy("when-reservation-held-then-expire")
class WhenReservationHeldThenExpire {

    private final DueDates dueDates;

    WhenReservationHeldThenExpire(DueDates dueDates) {
        this.dueDates = dueDates;
    }

    @EventHandler(eventName = "menara.capacity.ReservationHeld")
    void on(ReservationHeld event) {
        dueDates.schedule(HoldExpiry.KIND, event.reservation().toString(), event.expiresAt());
    }
}
