package menara.capacity.contractend;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Timeline;
import menara.capacity.contractend.ContractEndCommands.CutToTerm;
import menara.capacity.contracts.ContractCommitments;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.ledger.Ledger;
import menara.capacity.reservation.Reservation;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.values.ContractId;
import menara.values.ReservationId;
import menara.values.Uuid8;
import org.springframework.stereotype.Component;

/** Limits commitments to the ends of their contracts, as far as capacity knows them. */
@Component
class ContractEnds implements ContractCommitments {

    private final KnownContracts contracts;
    private final Commands commands;
    private final CurrentStates current;
    private final EventSourcedState<Boundary, Ledger, CampusEvent> ledger;
    private final Clock clock;

    ContractEnds(
            KnownContracts contracts,
            Commands commands,
            CurrentStates current,
            EventSourcedState<Boundary, Ledger, CampusEvent> ledger,
            Clock clock) {
        this.contracts = contracts;
        this.commands = commands;
        this.current = current;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void endWith(ContractId contract) {
        var known = contracts.of(contract);
        if (known != null) {
            var ends = end(known.term().until());
            current.get(ledger, new Boundary.Site())
                    .outlasting(contract, ends)
                    .forEach(reservation -> cut(reservation, ends));
        }
    }

    /** A commitment that lasts until {@code until}. */
    void endWith(ReservationId reservation, ContractId contract, Instant until) {
        var known = contracts.of(contract);
        if (known != null && until.isAfter(known.term().until())) {
            cut(reservation, end(known.term().until()));
        }
    }

    /** Capacity is planned in milliseconds: a millisecond that a contract covers only in part is not covered. */
    private static Instant end(Instant contractEnds) {
        return contractEnds.truncatedTo(ChronoUnit.MILLIS);
    }

    private void cut(ReservationId reservation, Instant contractEnds) {
        var step = Uuid8.derived("contract-end", reservation.toString(), contractEnds.toString());
        commands.send(new CutToTerm(reservation, contractEnds, step, Timeline.now(clock)), Reservation.class);
    }
}
