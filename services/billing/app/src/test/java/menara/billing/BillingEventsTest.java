package menara.billing;

import menara.testkit.EventApproval;

class BillingEventsTest extends EventApproval {

    BillingEventsTest() {
        super("billing");
    }
}
