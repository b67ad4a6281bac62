package menara.capacity.reservation;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.values.ContractId;

/** Which promises last longer than their contract. Changes nothing; it is a command because it looks at the ledger as decisions see it. */
record FindOutlasting(ContractId contract, Instant contractEnds) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
