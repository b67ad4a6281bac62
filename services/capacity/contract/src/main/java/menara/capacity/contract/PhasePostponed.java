package menara.capacity.contract;

import java.time.Instant;
import java.time.LocalDate;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.PublishedEvent;

/**
 * A phase comes later than planned.
 *
 * @param phase the phase
 * @param plannedFrom day from which the rest of the phase is expected now
 * @param postponed power whose release was announced and comes later, in watts
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "PhasePostponed", version = "1")
public record PhasePostponed(PhaseId phase, LocalDate plannedFrom, Power postponed, Instant at) {}
