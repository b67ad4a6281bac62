package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A phase got a milestone: a number of GPUs energised.
 *
 * @param milestone the milestone
 * @param phase the phase it belongs to
 * @param targetGpus GPUs that must be energised in that phase
 * @param at when it was set
 */
@Event(namespace = "menara.investment", name = "MilestoneSet", version = "1")
public record MilestoneSet(
        @EventTag(key = "milestone") MilestoneId milestone,
        @EventTag(key = "phase") PhaseId phase,
        int targetGpus,
        Instant at)
        implements MilestoneEvent {}
