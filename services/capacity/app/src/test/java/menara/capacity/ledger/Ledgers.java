package menara.capacity.ledger;

import java.util.SplittableRandom;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.ThroughSnapshots;
import menara.eventstore.spring.EventSourcedState;

/** Ledgers for tests. */
public final class Ledgers {

    public static final EventSourcedState<Boundary, Ledger, CampusEvent> DEFINITION =
            new LedgerConfiguration().ledger();

    private Ledgers() {}

    public static ThroughSnapshots<Ledger> throughSnapshots(SplittableRandom random) {
        return new ThroughSnapshots<>(DEFINITION, random);
    }
}
