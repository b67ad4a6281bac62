package menara.lamps;

import java.util.List;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.Publication;
import menara.lamps.LampCommand.DarkenLamp;
import menara.lamps.OldLampEvent.OldLampDarkened;
import menara.lamps.OldLampEvent.OldLampLit;
import menara.platform.security.RouteTable;
import menara.values.refusals.RuleViolated;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The old version, which runs on beside the new one for a while. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({OldLamps.Shell.class, OldLamps.Dimmed.class})
class OldLamps {

    @Bean
    RouteTable routes() {
        return RouteTable.of(); // nobody comes over HTTP
    }

    @Bean
    EventSourcedState<String, Lamp, OldLampEvent> lamps() {
        return EventSourcedState.taggedWith(
                "lamp", String.class, Lamp.class, OldLampEvent.class, Lamp.DARK, (_, event) -> switch (event) {
                    case OldLampLit _ -> Lamp.LIT;
                    case OldLampDarkened _ -> Lamp.DARK;
                });
    }

    @Bean
    Publication publication() {
        return event ->
                event instanceof OldLampEvent happened ? List.of(LampSeen.of(happened.lamp(), event)) : List.of();
    }

    @CommandShell
    static class Shell {

        @CommandHandler
        void handle(DarkenLamp command, @InjectEntity Lamp lamp, EventAppender events) {
            if (lamp == Lamp.DARK) {
                throw new RuleViolated("dark-already", "the lamp is dark");
            }
            events.append(new OldLampDarkened(command.lamp()));
        }
    }

    /** It has the processor already, and nothing for it to do. */
    @Projection("dimmed")
    static class Dimmed {

        @EventHandler(eventName = LampEvent.LIT)
        void on(OldLampLit event) {
            // a lamp that is lit is not dimmed
        }
    }
}
