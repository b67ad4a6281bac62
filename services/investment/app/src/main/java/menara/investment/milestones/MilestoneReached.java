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
 * @param energisedGpus GPUs energised in the phase at that moment
 * @param reachedAt when the condition was met
 */
@Event(namespace = "menara.investment", name = "MilestoneReached", version = "1")
public record MilestoneReached(
        @EventTag(key = "milestone") MilestoneId milestone,
        @EventTag(key = "phase") PhaseId phase,
        int energisedGpus,
        Instant reachedAt)
        implements MilestoneEvent {}
