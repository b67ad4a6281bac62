package menara.lamps;

import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** What happens to lamps, as far as the old version knows. */
sealed interface OldLampEvent {

    String lamp();

    @Event(namespace = "menara.lamps", name = "LampLit", version = "1")
    record OldLampLit(@EventTag(key = "lamp") String lamp) implements OldLampEvent {}

    @Event(namespace = "menara.lamps", name = "LampDarkened", version = "1")
    record OldLampDarkened(@EventTag(key = "lamp") String lamp) implements OldLampEvent {}
}
