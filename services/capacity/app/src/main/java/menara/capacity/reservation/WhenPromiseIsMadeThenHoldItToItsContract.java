package menara.capacity.reservation;

import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationReplaced;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** A promise that was decided while its contract was being ended is looked at once more. */
@Policy("when-promise-is-made-then-hold-it-to-its-contract")
class WhenPromiseIsMadeThenHoldItToItsContract {

    private final ContractEnds ends;

    WhenPromiseIsMadeThenHoldItToItsContract(ContractEnds ends) {
        this.ends = ends;
    }

    @EventHandler(eventName = "menara.capacity.ReservationConfirmed")
    void on(ReservationConfirmed event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.HoldConfirmed")
    void on(HoldConfirmed event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }
}
