package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A milestone's condition was met.
 *
 * @param milestone the milestone
 * @param phase the phase it belongs to
 * @param phaseGpus GPUs energised in the phase at that moment
 * @param at when the condition was met
 */
@Event(namespace = "menara.investment", name = "MilestoneFulfilled", version = "1")
public record MilestoneFulfilled(
        @EventTag(key = "milestone") MilestoneId milestone,
        @EventTag(key = "phase") PhaseId phase,
        int phaseGpus,
        Instant at)
        implements MilestoneEvent {}
