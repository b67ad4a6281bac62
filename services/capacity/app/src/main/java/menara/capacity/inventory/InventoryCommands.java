package menara.capacity.inventory;

import java.time.Instant;
import java.util.List;
import menara.capacity.campus.Boundary;

/** What capacity managers tell of racks. */
sealed interface InventoryCommands {

    /** Add racks to the inventory, each for itself. */
    record InstallRacks(List<RackLine> racks, Instant at) implements InventoryCommands {

        /** Racks of one import. */
        static final int MAX_RACKS = 5_000;

        InstallRacks {
            racks = List.copyOf(racks);
        }

        public Boundary boundary() {
            return new Boundary.Layout();
        }
    }
}
