package menara.capacity;

import menara.testkit.ArchitectureRules;

class HouseRulesTest extends ArchitectureRules {

    HouseRulesTest() {
        super("capacity");
    }
}
