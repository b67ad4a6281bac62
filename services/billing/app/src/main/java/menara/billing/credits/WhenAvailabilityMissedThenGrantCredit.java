package menara.billing.credits;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import menara.billing.contracts.ContractReadModel;
import menara.billing.credits.CreditCommands.AssessAvailability;
import menara.billing.rating.Charges;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Policy;
import menara.operations.contract.AvailabilityMeasured;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** A missed availability target is credited without a claim by the tenant; the contract's tiers say how much of the month's charges. */
@Policy(value = "when-availability-missed-then-grant-credit", of = "operations", by = "contract")
class WhenAvailabilityMissedThenGrantCredit {

    private final Commands commands;
    private final ContractReadModel contracts;
    private final Charges charges;
    private final Clock clock;

    WhenAvailabilityMissedThenGrantCredit(
            Commands commands, ContractReadModel contracts, Charges charges, Clock clock) {
        this.commands = commands;
        this.contracts = contracts;
        this.charges = charges;
        this.clock = clock;
    }

    @EventHandler(eventName = "menara.operations.AvailabilityMeasured")
    void on(AvailabilityMeasured event) {
        // Operations learns of contracts from billing, so a contract that is missing here is not projected yet.
        var contract = contracts.find(event.contract()).orElseThrow(() -> contracts.notThereYet(event.contract()));
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        commands.send(new AssessAvailability(
                new CreditId(contract.contract(), event.month()),
                contract.tenant(),
                new Availability(event.revision(), event.scheduledRackMinutes(), event.unavailableRackMinutes()),
                contract.serviceLevelIn(event.month()),
                charges.accrued(contract, event.month(), now).creditable(),
                now));
    }
}
