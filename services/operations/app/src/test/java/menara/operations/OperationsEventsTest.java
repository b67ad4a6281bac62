package menara.operations;

import menara.testkit.EventApproval;

class OperationsEventsTest extends EventApproval {

    OperationsEventsTest() {
        super("operations");
    }
}
