package menara.operations.allocations;

import com.mongodb.client.MongoDatabase;
import java.util.function.Consumer;
import menara.billing.contract.ContractSigned;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;

/** Lets tests of other slices work on real allocation documents, and hear events as the policies do. */
public final class AllocationTestAccess {

    private AllocationTestAccess() {}

    public static AllocationReadModel documents(MongoDatabase database) {
        return new AllocationReadModel(database);
    }

    public static void store(AllocationReadModel allocations, ReservationActivated event) {
        allocations.apply(event);
    }

    public static void store(AllocationReadModel allocations, ReservationEnded event) {
        allocations.apply(event);
    }

    /** Handles {@code ReservationActivated} and {@code ReservationEnded}. */
    public static Consumer<Object> reservationPolicy(AllocationReadModel allocations, Remeasurement remeasurement) {
        var policy = new WhenAllocationChangesThenMeasureAvailability(allocations, remeasurement);
        return event -> {
            if (event instanceof ReservationActivated activated) {
                policy.on(activated);
            } else {
                policy.on((ReservationEnded) event);
            }
        };
    }

    /** Handles {@code ContractSigned}. */
    public static Consumer<Object> contractPolicy(AllocationReadModel allocations, Remeasurement remeasurement) {
        var policy = new WhenContractSignedThenMeasureAvailability(allocations, remeasurement);
        return event -> policy.on((ContractSigned) event);
    }
}
