package menara.capacity.contractend;

import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationReplaced;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Checks a new commitment against the end of its contract, which may have moved while the commitment was decided. */
@Policy("when-reservation-confirmed-then-end-with-contract")
class WhenReservationConfirmedThenEndWithContract {

    private final ContractEnds ends;

    WhenReservationConfirmedThenEndWithContract(ContractEnds ends) {
        this.ends = ends;
    }

    @EventHandler(eventName = "menara.capacity.ReservationConfirmed")
    void on(ReservationConfirmed event) {
        ends.endWith(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.HoldConfirmed")
    void on(HoldConfirmed event) {
        ends.endWith(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        ends.endWith(event.reservation(), event.contract(), event.period().until());
    }
}
