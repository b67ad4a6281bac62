package menara.capacity.reservation;

import menara.capacity.events.Demand;
import menara.eventstore.spring.Commands;
import org.springframework.stereotype.Component;

/** Turns what is asked for over HTTP into racks. */
@Component
public class Sizing {

    private final Commands commands;

    Sizing(Commands commands) {
        this.commands = commands;
    }

    /** @throws menara.platform.web.InvalidField naming what cannot be asked for */
    public Demand demand(RacksRequest wish) {
        return wish.isBySize()
                ? wish.of(commands.send(new SizeRacks(wish), Integer.class)).demand()
                : wish.demand();
    }
}
