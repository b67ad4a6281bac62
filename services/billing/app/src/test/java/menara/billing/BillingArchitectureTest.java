package menara.billing;

import menara.testkit.ArchitectureRules;

class BillingArchitectureTest extends ArchitectureRules {

    BillingArchitectureTest() {
        super("billing");
    }
}
