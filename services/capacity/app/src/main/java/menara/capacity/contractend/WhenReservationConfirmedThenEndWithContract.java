package menara.capacity.contractend;

import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationReplaced;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** A commitment that was decided while its contract was being ended is looked at once more. */
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
