package menara.capacity.contract;

import java.time.Instant;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.PublishedEvent;

/**
 * Power of a phase was released for use; the phase's envelope grew to {@code available}.
 *
 * @param phase the building phase
 * @param available all power released in this phase so far, in watts
 * @param at when the release takes effect
 */
@PublishedEvent(namespace = "menara.capacity", name = "PowerCommissioned", version = "1")
public record PowerCommissioned(PhaseId phase, Power available, Instant at) {}
