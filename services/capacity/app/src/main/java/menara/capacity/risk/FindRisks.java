package menara.capacity.risk;

import java.time.Instant;
import menara.capacity.campus.Boundary;

/** What is derated and what is at risk. Changes nothing; it is a command because it looks at the campus as decisions see it. */
record FindRisks(Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
