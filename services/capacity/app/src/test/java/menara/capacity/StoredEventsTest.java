package menara.capacity;

import menara.testkit.EventApproval;

class StoredEventsTest extends EventApproval {

    StoredEventsTest() {
        super("capacity");
    }
}
