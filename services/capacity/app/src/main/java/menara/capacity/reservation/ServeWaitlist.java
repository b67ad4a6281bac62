package menara.capacity.reservation;

import java.time.Instant;
import menara.capacity.campus.Boundary;

/** Confirm those who wait and fit by now. */
record ServeWaitlist(Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
