package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.contracts.Agreement;
import menara.capacity.contracts.Agreements;
import menara.capacity.ledger.Ledger;
import menara.capacity.reservation.WaitlistCommands.ServeWaitlist;
import menara.values.Power;
import menara.values.Uuid7;

/**
 * Those who wait are served in the order in which they came, each who fits. Who does not fit yet stays in its place and holds up nobody: what
 * is free and too little for it serves others meanwhile. Pure.
 */
final class WaitlistDecisions {

    private WaitlistDecisions() {}

    static List<CampusEvent> decide(ServeWaitlist command, Campus campus, Ledger ledger, Agreements agreements) {
        var served = new ArrayList<CampusEvent>();
        var now = campus;
        for (var waiting : ledger.waiting().values()) {
            if (command.at().isBefore(waiting.period().until())
                    && Placement.of(waiting.demand(), waiting.period(), now) instanceof Placement.Placed placed
                    // Its contract may have been terminated since it began to wait.
                    && Agreement.allows(agreements.of(waiting.contract()), waiting.tenant(), waiting.period())) {
                var sealed = new ReservationConfirmed(
                        waiting.reservation(),
                        waiting.contract(),
                        waiting.tenant(),
                        waiting.period(),
                        waiting.demand(),
                        placed.shares(),
                        placed.gpus(),
                        placed.power(),
                        Uuid7.derived("waitlist", waiting.reservation().toString()),
                        command.at());
                served.add(sealed);
                now = now.evolve(sealed);
            }
        }
        return served;
    }

    /** What the lightest racks of a wish draw, whoever they are promised to. */
    static Power least(Demand demand, Campus campus) {
        return Eligible.racks(demand, campus)
                .map(Rack::power)
                .sorted()
                .limit(demand.count())
                .reduce(Power.ZERO, Power::plus);
    }
}
