package menara.capacity.offers;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.capacity.events.Demand;
import menara.values.Period;

/** Look for what fits, or nearly. Changes nothing; it is a command because it looks at the campus as decisions see it. */
record FindOffers(Demand demand, Period period, Beginnings beginnings, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
