package menara.operations.racks;

import menara.capacity.contract.RackRegistered;
import menara.eventstore.spring.Projection;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Keeps the rack documents: which racks there are (capacity says so) and which have power (this service does). */
final class RackProjections {

    private RackProjections() {}

    /** Capacity's inventory. */
    @Projection(value = "registered-racks", of = "capacity", by = "rack")
    static class Registered {

        private final RackDocuments documents;

        Registered(RackDocuments documents) {
            this.documents = documents;
        }

        @EventHandler(eventName = "menara.capacity.RackRegistered")
        void on(RackRegistered event) {
            documents.registered(event);
        }
    }

    /** Energisation. */
    @Projection(value = "energised-racks", by = "rack")
    static class Energised {

        private final RackDocuments documents;

        Energised(RackDocuments documents) {
            this.documents = documents;
        }

        @EventHandler(eventName = "menara.operations.RackPoweredUp")
        void on(RackPoweredUp event) {
            documents.poweredUp(event);
        }
    }
}
