package menara.capacity.layout;

import java.time.Instant;
import java.util.UUID;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Power of a phase was commissioned and may be committed from {@code effectiveAt} on.
 *
 * @param phase the phase
 * @param release the release, so that the same one is not counted twice
 * @param released additional power, in watts
 * @param available all power released in this phase, this release included, in watts
 * @param effectiveAt first instant at which the additional power is there
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PowerCommissioned", version = "1")
public record PowerCommissioned(
        @EventTag(key = Tags.NODE) PhaseId phase,
        UUID release,
        Power released,
        Power available,
        Instant effectiveAt,
        Instant at)
        implements LayoutEvent {}
