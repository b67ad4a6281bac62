package menara.operations.incidents;

import java.time.Instant;
import java.util.Optional;
import menara.platform.web.InvalidField;

/**
 * Which incidents are asked for.
 *
 * @param state open or resolved
 * @param from racks were still down at this instant or later
 * @param until racks were down before this instant
 */
record IncidentFilter(Optional<String> state, Optional<Instant> from, Optional<Instant> until) {

    IncidentFilter {
        state.filter(asked -> !asked.equals(IncidentView.OPEN) && !asked.equals(IncidentView.RESOLVED))
                .ifPresent(asked -> {
                    throw new InvalidField("state", "must be open or resolved, was " + asked);
                });
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new InvalidField("until", "must be after from");
        }
    }

    boolean matches(IncidentView incident) {
        var resolvedAt = incident.resolvedAt();
        return state.map(incident.state()::equals).orElse(true)
                && from.map(begin -> resolvedAt == null || resolvedAt.isAfter(begin))
                        .orElse(true)
                && until.map(incident.startedAt()::isBefore).orElse(true);
    }
}
