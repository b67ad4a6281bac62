package menara.crooked.lamps;

import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;

/** Takes a command of no family and appends nothing. */
@CommandShell
class LampShell {

    record LightLamp(String lamp) {}

    @CommandHandler
    String handle(LightLamp command) {
        return command.lamp();
    }
}
