package menara.capacity.waitlist;

import java.time.Instant;
import menara.capacity.boundary.Boundary;

/** What is asked when power or racks come free. */
sealed interface WaitlistCommands {

    /** Confirm those who wait and fit by now. */
    record ServeWaitlist(Instant at) implements WaitlistCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
