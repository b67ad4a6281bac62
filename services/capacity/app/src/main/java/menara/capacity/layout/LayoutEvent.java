package menara.capacity.layout;

import menara.capacity.boundary.CampusEvent;
import org.axonframework.eventsourcing.annotation.EventTag;

/** What changes the layout of the campus: what there is and how much it carries, whoever it is committed to. */
public sealed interface LayoutEvent extends CampusEvent
        permits PhasePlanned,
                PhaseClassified,
                PhasePostponed,
                PowerCommissioned,
                HallRegistered,
                PowerNodesRegistered,
                RackRegistered,
                RacksConnected {

    /** Layout decisions depend on the layout only, so that an import does not fight with reservations (ADR 20). */
    @EventTag(key = Tags.LAYOUT)
    default String layout() {
        return Tags.CAMPUS;
    }
}
