package menara.capacity.events;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;

/** What the picture of the campus is folded from: its layout, its released power, and what of it was promised or given back. */
public sealed interface CampusEvent
        permits PhasePlanned,
                PhaseClassified,
                PowerReleased,
                HallRegistered,
                PowerNodesRegistered,
                RackInstalled,
                RacksConnected,
                NodeDerated,
                NodeRestored,
                PhaseSlipped,
                ReservationSealed,
                ReservationWaitlisted,
                ReservationHeld,
                HoldConfirmed,
                HoldExpired,
                ReservationReleased,
                ReservationChanged,
                RacksReturned,
                ReservationEndangered,
                ReservationSecured {

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
