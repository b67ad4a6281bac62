package menara.bench.commands;

import java.util.UUID;
import menara.eventstore.spring.Commands;

/** The service in a process of its own; it says when it has carried out its first command. */
final class MeterProcess {

    static final String READY = "ready";

    private MeterProcess() {}

    /** Arguments: connection string. */
    static void main(String[] arguments) {
        var service = MeterService.start(arguments[0]);
        service.getBean(Commands.class).send(new Meters.ReadMeter(UUID.randomUUID(), 1, "the first"), Integer.class);
        System.out.println(READY);
    }
}
