package menara.lamps;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.util.List;
import menara.lamps.LampCommand.DarkenLamp;
import menara.lamps.LampCommand.LightLamp;
import menara.lamps.LampEvent.LampDarkened;
import menara.lamps.LampEvent.LampDimmed;
import menara.lamps.LampEvent.LampLit;
import menara.platform.eventsourcing.CommandShell;
import menara.platform.eventsourcing.EventSourcedState;
import menara.platform.eventsourcing.Projection;
import menara.platform.eventsourcing.Publication;
import menara.platform.security.RouteTable;
import menara.platform.web.RuleViolated;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.bson.Document;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The new version: lamps can be dimmed. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({NewLamps.Shell.class, NewLamps.Dimmed.class})
class NewLamps {

    static final String DIMMED = "dimmed";

    @Bean
    RouteTable routes() {
        return RouteTable.of(); // nobody comes over HTTP
    }

    @Bean
    EventSourcedState<String, Lamp, LampEvent> lamps() {
        return EventSourcedState.taggedWith(
                "lamp", String.class, Lamp.class, LampEvent.class, Lamp.DARK, (_, event) -> switch (event) {
                    case LampLit _, LampDimmed _ -> Lamp.LIT;
                    case LampDarkened _ -> Lamp.DARK;
                });
    }

    @Bean
    Publication publication() {
        return event -> event instanceof LampEvent happened ? List.of(LampSeen.of(happened.lamp(), event)) : List.of();
    }

    @CommandShell
    static class Shell {

        @CommandHandler
        void handle(LightLamp command, @InjectEntity Lamp lamp, EventAppender events) {
            if (lamp == Lamp.LIT) {
                throw new RuleViolated("lit-already", "the lamp is lit");
            }
            events.append(new LampLit(command.lamp()));
        }

        @CommandHandler
        void handle(DarkenLamp command, @InjectEntity Lamp lamp, EventAppender events) {
            if (lamp == Lamp.DARK) {
                throw new RuleViolated("dark-already", "the lamp is dark");
            }
            events.append(new LampDarkened(command.lamp()));
        }
    }

    @Projection("dimmed")
    static class Dimmed {

        private final MongoDatabase database;

        Dimmed(MongoDatabase database) {
            this.database = database;
        }

        @EventHandler(eventName = LampEvent.DIMMED)
        void on(LampDimmed event) {
            database.getCollection(DIMMED)
                    .replaceOne(eq(event.lamp()), new Document("_id", event.lamp()), new ReplaceOptions().upsert(true));
        }
    }
}
