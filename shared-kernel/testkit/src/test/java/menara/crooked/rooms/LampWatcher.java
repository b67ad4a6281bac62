package menara.crooked.rooms;

import menara.crooked.contract.LampLit;
import menara.crooked.lamps.LampReadModel;
import menara.eventstore.spring.Policy;

/** Writes another slice's documents, and speaks the contract where nothing is published. */
@Policy("lamp-watcher")
record LampWatcher(LampReadModel lamps) {

    void on(LampLit event) {
        lamps.light(event.lamp());
    }
}
