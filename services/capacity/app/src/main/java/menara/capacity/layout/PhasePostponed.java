package menara.capacity.layout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A phase comes later than planned, and so does the power that was to be released in it.
 *
 * @param phase the phase
 * @param plannedFrom day from which the rest of the phase is expected now
 * @param moved releases that now take effect later
 * @param reason in words
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PhasePostponed", version = "1")
public record PhasePostponed(
        @EventTag(key = Tags.NODE) PhaseId phase,
        LocalDate plannedFrom,
        List<MovedRelease> moved,
        String reason,
        UUID step,
        Instant at)
        implements LayoutEvent {

    public PhasePostponed {
        moved = List.copyOf(moved);
    }

    /**
     * @param release which one
     * @param power what it releases, in watts
     * @param missing from its announced instant until its new one
     */
    public record MovedRelease(UUID release, Power power, Period missing) {}
}
