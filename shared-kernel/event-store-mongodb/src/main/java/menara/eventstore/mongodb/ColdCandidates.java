package menara.eventstore.mongodb;

import java.util.Collection;
import java.util.List;
import org.axonframework.messaging.eventstreaming.EventCriterion;

/** Finds commits of the past, no longer in memory, that may hold events of one of several criteria. */
@FunctionalInterface
interface ColdCandidates {

    /** Commits that overlap [{@code from}, {@code until}), in order; may hold too many, never too few. */
    List<Commit> find(Collection<EventCriterion> criteria, long from, long until);
}
