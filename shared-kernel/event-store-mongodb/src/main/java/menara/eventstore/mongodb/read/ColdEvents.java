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
     * Asks for the events that answer the question, all of them and no others, in order.
     *
     * @param last the last commit of the past: a database that does not show it does not show all of it
     */
    Pages ask(Question question, Witness last, Deadline deadline);

    /** An answer in parts of bounded size. */
    interface Pages {

        /** The next part, which may hold no event; empty when there is none. */
        Optional<List<Positioned>> next();
    }
}
