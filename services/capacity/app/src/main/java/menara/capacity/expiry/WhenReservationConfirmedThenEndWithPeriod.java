package menara.capacity.expiry;

import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationReplaced;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.Policy;
import menara.values.Period;
import menara.values.ReservationId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** The events schedule it, so that a commitment ends even after a crash; a change of the period moves its end. */
@Policy("when-reservation-confirmed-then-end-with-period")
class WhenReservationConfirmedThenEndWithPeriod {

    private final DueDates dueDates;

    WhenReservationConfirmedThenEndWithPeriod(DueDates dueDates) {
        this.dueDates = dueDates;
    }

    @EventHandler(eventName = "menara.capacity.ReservationConfirmed")
    void on(ReservationConfirmed event) {
        endAt(event.reservation(), event.period());
    }

    @EventHandler(eventName = "menara.capacity.HoldConfirmed")
    void on(HoldConfirmed event) {
        endAt(event.reservation(), event.period());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        endAt(event.reservation(), event.period());
    }

    private void endAt(ReservationId reservation, Period period) {
        dueDates.schedule(PeriodEnd.KIND, reservation.toString(), period.until());
    }
}
