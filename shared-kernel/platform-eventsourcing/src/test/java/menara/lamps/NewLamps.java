package menara.lamps;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.Publication;
import menara.eventstore.spring.read.ReadModel;
import menara.lamps.LampCommand.DarkenLamp;
import menara.lamps.LampCommand.LightLamp;
import menara.lamps.LampEvent.LampDarkened;
import menara.lamps.LampEvent.LampDimmed;
import menara.lamps.LampEvent.LampLit;
import menara.platform.security.RouteTable;
import menara.values.refusals.RuleViolated;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The new version: lamps can be dimmed. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({NewLamps.Shell.class, NewLamps.Dimmed.class, NewLamps.Last.class, NewLamps.Lit.class})
class NewLamps {

    static final String DIMMED = "dimmed";
    static final String LAST = "last";
    static final String LIT = "lit";

    /** After any test. */
    static final Instant LIT_TOO_LONG = Instant.parse("2190-01-01T00:00:00Z");

    static final Instant DARK_TOO_LONG = Instant.parse("2191-01-01T00:00:00Z");

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

        private final ReadModel dimmed;

        Dimmed(MongoDatabase database) {
            this.dimmed = ReadModel.in(database, DIMMED);
        }

        @EventHandler(eventName = LampEvent.DIMMED)
        void on(LampDimmed event) {
            dimmed.put(event.lamp(), new Document("lamp", event.lamp()));
        }
    }

    /** What happened to each lamp last, and when somebody has to look after it. */
    @Projection(value = "last", by = "lamp")
    static class Last {

        private final ReadModel lamps;
        private final DueDates dueDates;

        /** Comes before each event, so that a test can hold this instance up. */
        volatile Consumer<LampEvent> before = _ -> {};

        /** The event that was written last, or was to be. */
        volatile @Nullable LampEvent written;

        Last(MongoDatabase database, DueDates dueDates) {
            this.lamps = ReadModel.in(database, LAST);
            this.dueDates = dueDates;
        }

        @EventHandler(eventName = LampEvent.LIT)
        void on(LampLit event) {
            write(event);
        }

        @EventHandler(eventName = LampEvent.DARKENED)
        void on(LampDarkened event) {
            write(event);
        }

        private void write(LampEvent event) {
            before.accept(event);
            lamps.put(event.lamp(), new Document("event", event.getClass().getSimpleName()));
            dueDates.schedule(LAST, event.lamp(), event instanceof LampLit ? LIT_TOO_LONG : DARK_TOO_LONG);
            written = event;
        }
    }

    /** The lamps that were ever lit. */
    @Projection(LIT)
    static class Lit {

        private final ReadModel lit;

        /** Comes before each event, so that a test can gather events behind it. */
        volatile Consumer<LampLit> before = _ -> {};

        Lit(MongoDatabase database) {
            this.lit = ReadModel.in(database, LIT);
        }

        @EventHandler(eventName = LampEvent.LIT)
        void on(LampLit event) {
            before.accept(event);
            lit.put(event.lamp(), new Document("lit", true));
        }
    }
}
