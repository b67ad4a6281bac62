package menara.eventstore.mongodb;

import java.util.List;
import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Which events somebody asks for.
 *
 * @param criteria one of them must hold; none at all asks for every event
 * @param from first position
 * @param until position after the last
 */
record Question(EventsCondition condition, List<EventCriterion> criteria, long from, long until) {

    static Question of(EventsCondition condition, long from, long until) {
        return new Question(condition, List.copyOf(condition.criteria().flatten()), from, until);
    }

    /** Whether each event asked for carries a tag that is known beforehand. */
    boolean byTag() {
        return !criteria.isEmpty()
                && criteria.stream().noneMatch(criterion -> criterion.tags().isEmpty());
    }

    boolean wants(QualifiedName type, Set<Tag> tags) {
        return condition.matches(type, tags);
    }

    Question between(long newFrom, long newUntil) {
        return new Question(condition, criteria, Math.max(from, newFrom), Math.min(until, newUntil));
    }

    boolean isEmpty() {
        return from >= until;
    }
}
