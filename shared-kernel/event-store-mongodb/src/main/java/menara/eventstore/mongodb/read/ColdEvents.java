package menara.eventstore.mongodb.read;

import java.util.List;
import java.util.Optional;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Positioned;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.database.Deadline;

/** Finds events of the past, no longer in memory. */
@FunctionalInterface
public interface ColdEvents {

    /**
     * Finds exactly the events that match the question, in order.
     *
     * @param last the last commit of the past, to detect a database that does not show all of it yet
     */
    Pages ask(Question question, Witness last, Deadline deadline);

    /** An answer in parts of bounded size. */
    interface Pages {

        /** The next part, which may hold no event; empty when there is none. */
        Optional<List<Positioned>> next();
    }
}
