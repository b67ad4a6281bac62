package menara.eventstore.mongodb;

import java.util.ArrayList;
import java.util.List;

/** Finds the events that answer a question: in memory as far as it reaches back, in the database before that. */
final class MatchingEvents {

    private final RecentCommits recent;
    private final ColdEvents cold;
    private final LogListener listener;

    MatchingEvents(RecentCommits recent, ColdEvents cold, LogListener listener) {
        this.recent = recent;
        this.cold = cold;
        this.listener = listener;
    }

    List<Positioned> find(Question question) {
        var warm = recent.candidates(question);
        var found = new ArrayList<Positioned>();
        var past = question.between(0, warm.floor());
        if (!past.isEmpty()) {
            cold.find(past, found::add);
        }
        int fromDatabase = found.size();
        for (var commit : warm.commits()) {
            long position = commit.position();
            for (var event : commit.events()) {
                if (answers(question, position, event)) {
                    found.add(new Positioned(position, event));
                }
                position++;
            }
        }
        listener.sourced(found.size() - fromDatabase, fromDatabase);
        return found;
    }

    boolean any(Question question) {
        if (question.isEmpty()) {
            return false;
        }
        var warm = recent.candidates(question);
        for (var commit : warm.commits()) {
            long position = commit.position();
            for (var event : commit.events()) {
                if (answers(question, position, event)) {
                    return true;
                }
                position++;
            }
        }
        var past = question.between(0, warm.floor());
        if (past.isEmpty()) {
            return false;
        }
        var found = new ArrayList<Positioned>();
        cold.find(past, found::add);
        return !found.isEmpty();
    }

    private static boolean answers(Question question, long position, StoredEvent event) {
        return position >= question.from() && position < question.until() && question.wants(event.type(), event.tags());
    }
}
