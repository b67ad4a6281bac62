package menara.notes;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.DueWork;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.Publication;
import menara.eventstore.spring.read.ReadModel;
import menara.notes.NoteEvent.NoteWritten;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.bson.Document;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Notes are written, shown and told to others. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Notes.Shell.class, Notes.Shown.class, Notes.Heard.class, Notes.Reminders.class})
class Notes {

    static final String SHOWN = "shown";
    static final String HEARD = "heard";

    /** A text that the projection cannot handle. */
    static final String ILLEGIBLE = "illegible";

    @Bean
    EventSourcedState<String, Texts, NoteEvent> texts() {
        return EventSourcedState.taggedWith(
                "note", String.class, Texts.class, NoteEvent.class, new Texts(0), (texts, _) -> texts.more());
    }

    @Bean
    Publication publication() {
        return event -> event instanceof NoteWritten written ? List.of(new NoteShown(written.note())) : List.of();
    }

    /** How often a note was written. */
    record Texts(int count) {

        Texts more() {
            return new Texts(count + 1);
        }
    }

    @CommandShell
    static class Shell {

        @CommandHandler
        int handle(WriteNote command, @InjectEntity Texts texts, EventAppender events) {
            events.append(new NoteWritten(command.note(), command.text()));
            return texts.count() + 1;
        }
    }

    @Projection(value = "shown", by = "note")
    static class Shown {

        private final ReadModel notes;

        Shown(MongoDatabase database) {
            this.notes = ReadModel.in(database, SHOWN);
        }

        @EventHandler(eventName = NoteEvent.WRITTEN)
        void on(NoteWritten event) {
            if (event.text().equals(ILLEGIBLE)) {
                throw new IllegalStateException("nobody can read this");
            }
            notes.put(event.note(), new Document("text", event.text()));
        }
    }

    /** Follows what is published, as another application would. */
    @Projection(value = "heard", of = "notes")
    static class Heard {

        private final ReadModel heard;

        Heard(MongoDatabase database) {
            this.heard = ReadModel.in(database, HEARD);
        }

        @EventHandler(eventName = NoteShown.NAME)
        void on(NoteShown event) {
            heard.put(event.note(), new Document("heard", true));
        }
    }

    static class Reminders implements DueWork {

        final Set<String> done = ConcurrentHashMap.newKeySet();

        @Override
        public String kind() {
            return "reminder";
        }

        @Override
        public void run(String id, Instant dueAt) {
            done.add(id);
        }
    }
}
