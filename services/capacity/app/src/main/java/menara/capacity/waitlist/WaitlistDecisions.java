package menara.capacity.waitlist;

import java.util.ArrayList;
import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.contracts.KnownContract;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.ledger.Ledger;
import menara.capacity.placement.Placement;
import menara.capacity.waitlist.WaitlistCommands.ServeWaitlist;
import menara.values.Uuid8;

/**
 * Serves the waitlist in order and confirms each request that fits. A request that does not fit yet keeps its place and does not block
 * others: capacity too small for it serves later requests. Pure.
 */
final class WaitlistDecisions {

    private WaitlistDecisions() {}

    static List<CampusEvent> decide(ServeWaitlist command, Campus campus, Ledger ledger, KnownContracts contracts) {
        var served = new ArrayList<CampusEvent>();
        var now = campus;
        for (var waiting : ledger.waiting().values()) {
            if (command.at().isBefore(waiting.period().until())
                    && Placement.of(waiting.demand(), waiting.period(), now) instanceof Placement.Placed placed
                    // Its contract may have been terminated since it began to wait.
                    && KnownContract.allows(contracts.of(waiting.contract()), waiting.tenant(), waiting.period())) {
                var confirmed = new ReservationConfirmed(
                        waiting.reservation(),
                        waiting.contract(),
                        waiting.tenant(),
                        waiting.period(),
                        waiting.demand(),
                        placed.shares(),
                        placed.gpus(),
                        placed.power(),
                        Uuid8.derived("waitlist", waiting.reservation().toString()),
                        command.at());
                served.add(confirmed);
                now = now.evolve(confirmed);
            }
        }
        return served;
    }
}
