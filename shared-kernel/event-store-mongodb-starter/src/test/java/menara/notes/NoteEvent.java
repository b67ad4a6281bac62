package menara.notes;

import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** What happens to notes. */
sealed interface NoteEvent {

    String WRITTEN = "notes.NoteWritten";

    @Event(namespace = "notes", name = "NoteWritten", version = "1")
    record NoteWritten(@EventTag(key = "note") String note, String text) implements NoteEvent {}
}
