package menara.eventstore.mongodb;

import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Which events of which part of the log somebody asks for.
 *
 * @param from first position
 * @param until position after the last
 */
record Question(Criteria criteria, long from, long until) {

    static Question of(EventsCondition condition, long from, long until) {
        return new Question(Criteria.of(condition), from, until);
    }

    boolean byTag() {
        return criteria.byTag();
    }

    boolean wants(QualifiedName type, Set<Tag> tags) {
        return criteria.wants(type, tags);
    }

    Question between(long newFrom, long newUntil) {
        return new Question(criteria, Math.max(from, newFrom), Math.min(until, newUntil));
    }

    boolean isEmpty() {
        return from >= until;
    }
}
