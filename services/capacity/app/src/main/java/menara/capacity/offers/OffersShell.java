package menara.capacity.offers;

import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.reservation.Wishes;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
class OffersShell {

    /** @param offers nearest first */
    record Found(List<Offer> offers) {}

    @CommandHandler
    Found handle(FindOffers command, @InjectEntity(idProperty = "boundary") Campus campus) {
        Wishes.check(command.demand(), campus);
        return new Found(
                Offers.nearest(command.demand(), command.period(), campus, command.beginnings(), command.at()));
    }
}
