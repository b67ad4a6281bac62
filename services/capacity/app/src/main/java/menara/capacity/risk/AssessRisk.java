package menara.capacity.risk;

import java.time.Instant;
import menara.capacity.campus.Boundary;

/** Look again whether what was at risk still is. */
record AssessRisk(Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
