package menara.first;

import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
class FirstEvent {

    record WriteNote(@TargetEntityId String note, String text) {}

    sealed interface NoteEvent {}

    @Event(namespace = "notes", name = "NoteWritten", version = "1")
    record NoteWritten(@EventTag(key = "note") String note, String text) implements NoteEvent {}

    @Bean
    EventSourcedState<String, Integer, NoteEvent> texts() {
        return EventSourcedState.taggedWith(
                "note", String.class, Integer.class, NoteEvent.class, 0, (count, event) -> count + 1);
    }

    @CommandShell
    static class Notes {

        @CommandHandler
        int handle(WriteNote command, @InjectEntity Integer count, EventAppender events) {
            events.append(new NoteWritten(command.note(), command.text()));
            return count + 1;
        }
    }

    static int write(Commands commands) {
        return commands.send(new WriteNote("list", "bread"), Integer.class); // on return the event is stored
    }
}
