package menara.eventstore.mongodb.commit;

import java.util.List;
import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Which events a reader or an append asks about, by type and tag, in the one form used by the batch of a commit, the commits in memory and
 * both read strategies. Axon's {@code matches} alone decides whether an event is wanted; the rest only narrows the search.
 *
 * @param condition decides about each event
 * @param alternatives one of them must hold, if {@code byTag}
 * @param byTag whether each event asked for carries the tags of one of the alternatives
 */
public record Criteria(EventsCondition condition, List<EventCriterion> alternatives, boolean byTag) {

    /** No event has this name. */
    private static final QualifiedName STRANGER = new QualifiedName("menara.eventstore", "no event has this name");

    public static Criteria of(EventsCondition condition) {
        // Axon's list of criteria leaves out the one that every event meets, so the list alone does not say what is
        // wanted: criteria that
        // match an unknown event without tags match every event.
        var alternatives = List.copyOf(condition.criteria().flatten());
        boolean byTag = !condition.matches(STRANGER, Set.of())
                && alternatives.stream()
                        .noneMatch(alternative -> alternative.tags().isEmpty());
        return new Criteria(condition, alternatives, byTag);
    }

    public boolean wants(QualifiedName type, Set<Tag> tags) {
        return condition.matches(type, tags);
    }

    /** False if no event of a set with these tags can be wanted. */
    public boolean mayWant(Set<Tag> tags) {
        return !byTag || alternatives.stream().anyMatch(alternative -> tags.containsAll(alternative.tags()));
    }
}
