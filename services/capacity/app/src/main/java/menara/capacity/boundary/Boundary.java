package menara.capacity.boundary;

import java.util.Optional;
import java.util.Set;
import menara.capacity.boundary.CampusEvent.Tags;
import menara.values.PhaseId;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * What a decision reads, and so what must not change while it is made. Every event carries the tags of all nodes above what it
 * touches, so the topmost node of a path stands for the whole path (ADR 20).
 */
public sealed interface Boundary {

    /** Everything: racks may come from any hall. */
    record Site() implements Boundary {}

    /** The paths below some phases; events of other phases are not read and cause no conflict. */
    record Phases(Set<PhaseId> phases) implements Boundary {

        public Phases {
            phases = Set.copyOf(phases);
        }
    }

    /** The layout and its limits, without commitments. */
    record Layout() implements Boundary {}

    /** @param phases the only phases that matter; all matter if empty */
    static Boundary of(Set<PhaseId> phases) {
        return phases.isEmpty() ? new Site() : new Phases(phases);
    }

    /** The key of its snapshot; empty for several phases, because there are too many combinations of them. */
    default Optional<String> name() {
        return switch (this) {
            case Site() -> Optional.of("site");
            case Layout() -> Optional.of("layout");
            case Phases(var phases) ->
                phases.size() == 1
                        ? phases.stream().map(phase -> "phase/" + phase.value()).findFirst()
                        : Optional.empty();
        };
    }

    default EventCriteria criteria() {
        return switch (this) {
            case Site() -> EventCriteria.havingTags(Tag.of(Tags.SITE, Tags.CAMPUS));
            case Layout() -> EventCriteria.havingTags(Tag.of(Tags.LAYOUT, Tags.CAMPUS));
            case Phases(var phases) ->
                EventCriteria.either(phases.stream()
                        .map(phase -> (EventCriteria) EventCriteria.havingTags(Tag.of(Tags.NODE, phase.value())))
                        .toList());
        };
    }
}
