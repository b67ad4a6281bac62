package menara.eventstore.mongodb.commit;

import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * A query for events of a part of the log.
 *
 * @param from first position
 * @param until position after the last
 */
public record Question(Criteria criteria, long from, long until) {

    public static Question of(EventsCondition condition, long from, long until) {
        return new Question(Criteria.of(condition), from, until);
    }

    public boolean byTag() {
        return criteria.byTag();
    }

    public boolean wants(QualifiedName type, Set<Tag> tags) {
        return criteria.wants(type, tags);
    }

    public Question between(long newFrom, long newUntil) {
        return new Question(criteria, Math.max(from, newFrom), Math.min(until, newUntil));
    }

    public boolean isEmpty() {
        return from >= until;
    }
}
