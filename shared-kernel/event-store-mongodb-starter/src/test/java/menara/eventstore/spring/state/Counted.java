package menara.eventstore.spring.state;

import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** What happens to counters. */
sealed interface Counted {

    @Event(namespace = "counters", name = "Added", version = "1")
    record Added(@EventTag(key = "counter") String counter, int amount, String note) implements Counted {}
}
