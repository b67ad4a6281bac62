package menara.eventstore.mongodb.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.commit.Positioned;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.commit.StoredEvent;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.log.RecentCommits;
import menara.eventstore.mongodb.log.RecentCommits.Candidates;

/** Finds the events that match a question: the latest in memory, earlier ones in the database. */
public final class MatchingEvents {

    private final RecentCommits recent;
    private final ColdEvents cold;
    private final LogListener listener;

    public MatchingEvents(RecentCommits recent, ColdEvents cold, LogListener listener) {
        this.recent = recent;
        this.cold = cold;
        this.listener = listener;
    }

    /** The matching events of the present log, page by page: first those in the database, last those in memory. */
    public ColdEvents.Pages find(Question question) {
        var warm = recent.candidates(question);
        return new ColdEvents.Pages() {

            private final ColdEvents.Pages past = past(question, warm, Deadline.NONE);
            private int fromDatabase;
            private boolean done;

            @Override
            public Optional<List<Positioned>> next() {
                if (done) {
                    return Optional.empty();
                }
                var page = past.next();
                if (page.isPresent()) {
                    fromDatabase += page.get().size();
                    return page;
                }
                done = true;
                var inMemory = answers(question, warm);
                listener.sourced(inMemory.size(), fromDatabase);
                return Optional.of(inMemory);
            }
        };
    }

    private ColdEvents.Pages past(Question question, Candidates warm, Deadline deadline) {
        var past = question.between(0, warm.floor());
        return past.isEmpty() || warm.before() == null ? Optional::empty : cold.ask(past, warm.before(), deadline);
    }

    private static List<Positioned> answers(Question question, Candidates warm) {
        var found = new ArrayList<Positioned>();
        for (var commit : warm.commits()) {
            long position = commit.position();
            for (var event : commit.events()) {
                if (answers(question, position, event)) {
                    found.add(new Positioned(position, event));
                }
                position++;
            }
        }
        return found;
    }

    public boolean any(Question question, Deadline deadline) {
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
        var past = past(question, warm, deadline);
        for (var page = past.next(); page.isPresent(); page = past.next()) {
            if (!page.get().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean answers(Question question, long position, StoredEvent event) {
        return position >= question.from() && position < question.until() && question.wants(event.type(), event.tags());
    }
}
