package menara.investment.contract;

import java.time.Instant;
import menara.values.PhaseId;
import menara.values.PublishedEvent;

/**
 * A milestone of a phase was reached.
 *
 * @param milestone the milestone's id
 * @param phase the phase it belongs to
 * @param reachedAt when its condition was met
 */
@PublishedEvent(namespace = "menara.investment", name = "MilestoneReached", version = "1")
public record MilestoneReached(String milestone, PhaseId phase, Instant reachedAt) {}
