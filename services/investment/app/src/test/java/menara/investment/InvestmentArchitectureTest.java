package menara.investment;

import menara.testkit.ArchitectureRules;

class InvestmentArchitectureTest extends ArchitectureRules {

    InvestmentArchitectureTest() {
        super("investment");
    }
}
