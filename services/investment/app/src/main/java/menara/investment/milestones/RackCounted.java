package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import menara.values.RackId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * An energised rack was counted towards the milestones of its phase; a rack counts once, however often it is energised.
 *
 * @param rack the rack
 * @param phase the phase it stands in
 * @param gpus GPUs accepted with it
 * @param energisedGpus GPUs energised in the phase, this rack included
 * @param energisedAt when it was energised
 */
@Event(namespace = "menara.investment", name = "RackCounted", version = "1")
public record RackCounted(
        @EventTag(key = "rack") RackId rack,
        @EventTag(key = "phase") PhaseId phase,
        int gpus,
        int energisedGpus,
        Instant energisedAt)
        implements MilestoneEvent {}
