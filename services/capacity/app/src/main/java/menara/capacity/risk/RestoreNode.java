package menara.capacity.risk;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Boundary;

/** @param from first instant at which the power is there again */
record RestoreNode(UUID derating, Instant from, UUID step, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
