package menara.capacity.inventory;

import java.time.Instant;
import java.util.List;
import menara.capacity.boundary.Boundary;

/** Racks, as capacity managers register them. */
sealed interface InventoryCommands {

    /** Add racks to the inventory, each judged on its own. */
    record RegisterRacks(List<RackLine> racks, Instant at) implements InventoryCommands {

        /** Racks of one import. */
        static final int MAX_RACKS = 5_000;

        public RegisterRacks {
            racks = List.copyOf(racks);
        }

        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }
}
