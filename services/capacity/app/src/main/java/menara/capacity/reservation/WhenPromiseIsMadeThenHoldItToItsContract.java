package menara.capacity.reservation;

import menara.capacity.events.HoldConfirmed;
import menara.capacity.events.ReservationChanged;
import menara.capacity.events.ReservationSealed;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** A promise that was decided while its contract was being ended is looked at once more. */
@Policy("when-promise-is-made-then-hold-it-to-its-contract")
class WhenPromiseIsMadeThenHoldItToItsContract {

    private final ContractEnds ends;

    WhenPromiseIsMadeThenHoldItToItsContract(ContractEnds ends) {
        this.ends = ends;
    }

    @EventHandler(eventName = "menara.capacity.ReservationSealed")
    void on(ReservationSealed event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.HoldConfirmed")
    void on(HoldConfirmed event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }

    @EventHandler(eventName = "menara.capacity.ReservationChanged")
    void on(ReservationChanged event) {
        ends.hold(event.reservation(), event.contract(), event.period().until());
    }
}
