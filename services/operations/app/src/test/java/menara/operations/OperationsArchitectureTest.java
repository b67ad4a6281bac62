package menara.operations;

import menara.testkit.ArchitectureRules;

class OperationsArchitectureTest extends ArchitectureRules {

    OperationsArchitectureTest() {
        super("operations");
    }
}
