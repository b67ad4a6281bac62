package menara.billing.catalogue;

import java.time.Instant;
import java.util.List;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.platform.web.RuleViolated;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A meter is defined once: usage was counted by its definition, which therefore never changes. */
sealed interface MeterDefinition {

    record Undefined() implements MeterDefinition {}

    record Defined(Meter meter) implements MeterDefinition {}

    record DefineMeter(@TargetEntityId MeterCode code, Meter meter, Instant at) {}

    static List<MeterEvent> decide(DefineMeter command, MeterDefinition definition) {
        var meter = command.meter();
        if (Meter.builtInCodes().anyMatch(meter.code()::equals)) {
            throw new RuleViolated("meter-is-built-in", "meter %s is the platform's own".formatted(meter.code()));
        }
        return switch (definition) {
            case Undefined _ ->
                List.of(new MeterDefined(
                        command.code(), meter.unit(), meter.aggregation(), meter.dimensions(), command.at()));
            case Defined defined when defined.meter().equals(meter) -> List.of();
            case Defined _ ->
                throw new RuleViolated(
                        "meter-never-changes",
                        "meter %s is defined otherwise; define another one".formatted(meter.code()));
        };
    }

    static MeterDefinition evolve(MeterDefinition definition, MeterEvent event) {
        return switch (event) {
            case MeterDefined e -> new Defined(e.toMeter());
        };
    }

    @CommandShell
    class Shell {

        @CommandHandler
        void handle(DefineMeter command, @InjectEntity MeterDefinition definition, EventAppender events) {
            events.append(decide(command, definition));
        }
    }

    @Configuration(proxyBeanMethods = false)
    class State {

        @Bean
        EventSourcedState<MeterCode, MeterDefinition, MeterEvent> meterState() {
            return EventSourcedState.taggedWith(
                    "meter",
                    MeterCode.class,
                    MeterDefinition.class,
                    MeterEvent.class,
                    new Undefined(),
                    MeterDefinition::evolve);
        }
    }
}
