package menara.capacity.boundary;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;

/**
 * An event of the campus: its layout, commissioned power, deratings and commitments. Each subject has its own sealed family, which extends
 * this.
 */
public interface CampusEvent {

    /** When it was recorded. */
    Instant at();

    /** Every campus event belongs to the site; a decision over the whole site depends on all of them. */
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
