package menara.capacity.layout;

import java.time.Instant;
import java.util.UUID;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A phase was given its level of sovereignty: 1 where a Moroccan company operates and administers on national territory, 2 where it is
 * owned by a Moroccan majority as well.
 *
 * @param phase the phase
 * @param level 1 or 2
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PhaseClassified", version = "1")
public record PhaseClassified(@EventTag(key = Tags.NODE) PhaseId phase, int level, UUID step, Instant at)
        implements LayoutEvent {}
