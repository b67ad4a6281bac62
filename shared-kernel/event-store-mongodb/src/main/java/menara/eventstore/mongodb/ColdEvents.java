package menara.eventstore.mongodb;

import java.util.function.Consumer;

/** Finds events of the past, no longer in memory. */
@FunctionalInterface
interface ColdEvents {

    /** Hands over the events that answer the question, all of them and no others, in order. */
    void find(Question question, Consumer<Positioned> found);
}
