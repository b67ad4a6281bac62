package menara.investment;

import menara.testkit.EventApproval;

class InvestmentEventsTest extends EventApproval {

    InvestmentEventsTest() {
        super("investment");
    }
}
