package menara.lamps;

import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** What happens to lamps, in the new version. */
sealed interface LampEvent {

    String LIT = "menara.lamps.LampLit";
    String DARKENED = "menara.lamps.LampDarkened";
    String DIMMED = "menara.lamps.LampDimmed";

    String lamp();

    @Event(namespace = "menara.lamps", name = "LampLit", version = "1")
    record LampLit(@EventTag(key = "lamp") String lamp) implements LampEvent {}

    @Event(namespace = "menara.lamps", name = "LampDarkened", version = "1")
    record LampDarkened(@EventTag(key = "lamp") String lamp) implements LampEvent {}

    @Event(namespace = "menara.lamps", name = "LampDimmed", version = "1")
    record LampDimmed(@EventTag(key = "lamp") String lamp) implements LampEvent {}
}
