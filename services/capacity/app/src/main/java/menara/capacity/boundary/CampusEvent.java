package menara.capacity.boundary;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;

/**
 * What the campus is folded from: its layout, its commissioned power, its deratings, and what of it is committed or given back. Each subject has
 * a sealed family of its own, which extends this.
 */
public interface CampusEvent {

    /** When it was recorded. */
    Instant at();

    /** Every campus event belongs to the site; a decision that looked at all of it depends on all of them. */
    @EventTag(key = Tags.SITE)
    default String site() {
        return Tags.CAMPUS;
    }

    /** Tag keys of the consistency boundary (ADR 20). */
    final class Tags {

        public static final String SITE = "site";
        public static final String LAYOUT = "layout";
        public static final String NODE = "node";
        public static final String RESERVATION = "reservation";
        /** There is one campus; the value of the site's and the layout's tag. */
        public static final String CAMPUS = "menara";

        private Tags() {}
    }
}
