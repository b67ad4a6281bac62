package menara.capacity;

import menara.testkit.ArchitectureRules;

class CapacityArchitectureTest extends ArchitectureRules {

    CapacityArchitectureTest() {
        super("capacity");
    }
}
