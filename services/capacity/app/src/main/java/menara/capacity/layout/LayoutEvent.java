package menara.capacity.layout;

import menara.capacity.boundary.CampusEvent;
import org.axonframework.eventsourcing.annotation.EventTag;

/** An event that changes the layout of the campus: its nodes and how much they carry. */
public sealed interface LayoutEvent extends CampusEvent
        permits PhasePlanned,
                PhaseClassified,
                PhasePostponed,
                PowerCommissioned,
                HallRegistered,
                PowerNodesRegistered,
                RackRegistered,
                RacksConnected {

    /** Layout decisions depend on the layout only, so that an import does not conflict with reservations (ADR 20). */
    @EventTag(key = Tags.LAYOUT)
    default String layout() {
        return Tags.CAMPUS;
    }
}
