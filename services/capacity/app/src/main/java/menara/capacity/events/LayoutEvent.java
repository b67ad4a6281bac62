package menara.capacity.events;

import menara.capacity.events.CampusEvent.Tags;
import org.axonframework.eventsourcing.annotation.EventTag;

/** What changes the layout of the campus: what there is and how much it carries, whoever it is promised to. */
public sealed interface LayoutEvent
        permits PhasePlanned,
                PhaseClassified,
                PowerReleased,
                HallRegistered,
                PowerNodesRegistered,
                RackInstalled,
                RacksConnected,
                PhaseSlipped {

    /** Layout decisions depend on the layout only, so that an import does not fight with reservations (ADR 20). */
    @EventTag(key = Tags.LAYOUT)
    default String layout() {
        return Tags.CAMPUS;
    }
}
