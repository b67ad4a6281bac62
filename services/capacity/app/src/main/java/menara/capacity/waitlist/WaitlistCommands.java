package menara.capacity.waitlist;

import java.time.Instant;
import menara.capacity.boundary.Boundary;

/** The command for when power or racks come free. */
sealed interface WaitlistCommands {

    /** Confirm the waiting requests that fit now. */
    record ServeWaitlist(Instant at) implements WaitlistCommands {

        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
