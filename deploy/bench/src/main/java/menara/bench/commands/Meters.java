package menara.bench.commands;

import java.util.UUID;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.values.refusals.RuleViolated;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Meters that are read a limited number of times, each time for more. */
final class Meters {

    /** Events of one meter; it is replaced by a new one then. */
    static final int MAX_READINGS = 60;

    private Meters() {}

    sealed interface MeterEvent permits MeterRead, MeterChecked {}

    /** @param register what the meter shows, in watt-hours */
    @Event(namespace = "menara.bench", name = "MeterRead", version = "1")
    record MeterRead(@EventTag(key = "meter") UUID meter, long register, int reading, String note)
            implements MeterEvent {}

    /** An event without a projection. */
    @Event(namespace = "menara.bench", name = "MeterChecked", version = "1")
    record MeterChecked(@EventTag(key = "meter") UUID meter, String note) implements MeterEvent {}

    /** @param used since the last reading, in watt-hours */
    record ReadMeter(@TargetEntityId UUID meter, long used, String note) {}

    record Meter(long register, int readings) {

        static final Meter NEW = new Meter(0, 0);

        Meter evolve(MeterEvent event) {
            return switch (event) {
                case MeterRead read -> new Meter(read.register(), read.reading());
                case MeterChecked _ -> this;
            };
        }

        MeterRead decide(ReadMeter command) {
            if (readings == MAX_READINGS) {
                throw new RuleViolated("meter-worn-out", "replace the meter");
            }
            return new MeterRead(
                    command.meter(), Math.addExact(register, command.used()), readings + 1, command.note());
        }
    }

    static EventSourcedState<UUID, Meter, MeterEvent> state() {
        return EventSourcedState.taggedWith(
                "meter", UUID.class, Meter.class, MeterEvent.class, Meter.NEW, Meter::evolve);
    }

    @CommandShell
    static class MeterShell {

        /** How often the meter has been read now. */
        @CommandHandler
        int handle(ReadMeter command, @InjectEntity Meter meter, EventAppender appender) {
            var read = meter.decide(command);
            appender.append(read);
            return read.reading();
        }
    }
}
