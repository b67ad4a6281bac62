package menara.notes;

import org.axonframework.messaging.eventhandling.annotation.Event;

/** What others see of a note. */
@Event(namespace = "notes.published", name = "NoteShown", version = "1")
record NoteShown(String note) {

    static final String NAME = "notes.published.NoteShown";
}
