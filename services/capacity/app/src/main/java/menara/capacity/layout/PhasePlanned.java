package menara.capacity.layout;

import java.time.Instant;
import java.time.LocalDate;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A building phase was planned. It has no power to commit until some is released.
 *
 * @param phase the phase
 * @param name what people call it
 * @param planned nameplate power, in watts: no more than this will be released
 * @param plannedFrom day from which the power is expected
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PhasePlanned", version = "1")
public record PhasePlanned(
        @EventTag(key = Tags.NODE) PhaseId phase, String name, Power planned, LocalDate plannedFrom, Instant at)
        implements LayoutEvent {}
