package menara.operations.allocations;

import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.eventstore.spring.Policy;
import menara.operations.allocations.AllocationHistory.Handover;
import menara.values.ReservationId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * Stores which tenant has which racks, and measures the contract again where that changes a month that an incident touched: the incident
 * may have been resolved before this service read of the allocation, or the allocation may end earlier than planned.
 */
@Policy(value = "when-allocation-changes-then-measure-availability", of = "capacity")
class WhenAllocationChangesThenMeasureAvailability {

    private final AllocationReadModel allocations;
    private final Remeasurement remeasurement;

    WhenAllocationChangesThenMeasureAvailability(AllocationReadModel allocations, Remeasurement remeasurement) {
        this.allocations = allocations;
        this.remeasurement = remeasurement;
    }

    @EventHandler(eventName = "menara.capacity.ReservationActivated")
    void on(ReservationActivated event) {
        allocations.apply(event);
        measure(event.reservation());
    }

    @EventHandler(eventName = "menara.capacity.ReservationEnded")
    void on(ReservationEnded event) {
        allocations.apply(event);
        measure(event.reservation());
    }

    private void measure(ReservationId reservation) {
        allocations
                .find(reservation)
                .ifPresent(allocation -> remeasurement.ofContract(
                        allocation.contract(),
                        allocation.handovers().stream().map(Handover::period).toList()));
    }
}
