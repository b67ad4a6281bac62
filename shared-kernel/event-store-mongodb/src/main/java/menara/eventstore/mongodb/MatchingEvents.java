package menara.eventstore.mongodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.EventsCondition;

/** Finds the events of a condition between two positions: in memory as far as it reaches back, in the database before that. */
final class MatchingEvents {

    private final RecentCommits recent;
    private final ColdCandidates cold;

    MatchingEvents(RecentCommits recent, ColdCandidates cold) {
        this.recent = recent;
        this.cold = cold;
    }

    record Positioned(long position, StoredEvent event) {}

    List<Positioned> find(EventsCondition condition, Collection<EventCriterion> criteria, long from, long until) {
        var warm = recent.candidates(criteria, from, until);
        var found = new ArrayList<Positioned>();
        if (from < warm.floor()) {
            collect(
                    cold.find(criteria, from, Math.min(until, warm.floor())),
                    condition,
                    from,
                    Math.min(until, warm.floor()),
                    found);
        }
        collect(warm.commits(), condition, Math.max(from, warm.floor()), until, found);
        return found;
    }

    boolean any(EventsCondition condition, Collection<EventCriterion> criteria, long from, long until) {
        return from < until && !find(condition, criteria, from, until).isEmpty();
    }

    private static void collect(
            List<Commit> commits, EventsCondition condition, long from, long until, List<Positioned> into) {
        for (var commit : commits) {
            long position = commit.position();
            for (var event : commit.events()) {
                if (position >= from && position < until && condition.matches(event.type(), event.tags())) {
                    into.add(new Positioned(position, event));
                }
                position++;
            }
        }
    }
}
