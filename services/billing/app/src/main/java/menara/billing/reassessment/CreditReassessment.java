package menara.billing.reassessment;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.credits.CreditCommands.ReassessCharges;
import menara.billing.credits.CreditId;
import menara.billing.credits.CreditReadModel;
import menara.billing.rating.Charges;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueWork;
import menara.values.ContractId;
import menara.values.Period;
import org.springframework.stereotype.Component;

/**
 * A second look at the credits of months that are over: charges recorded late change them, and the forecast is revised after that. Doing it
 * again changes nothing.
 */
@Component
class CreditReassessment implements DueWork {

    private final ContractReadModel contracts;
    private final Charges charges;
    private final CreditReadModel credits;
    private final ReassessmentListener listener;
    private final Commands commands;
    private final Clock clock;

    CreditReassessment(
            ContractReadModel contracts,
            Charges charges,
            CreditReadModel credits,
            ReassessmentListener listener,
            Commands commands,
            Clock clock) {
        this.contracts = contracts;
        this.charges = charges;
        this.credits = credits;
        this.listener = listener;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Reassessments.KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        // Racks may be handed over for a contract that billing never signed: nothing to reassess then.
        contracts
                .find(new ContractId(UUID.fromString(Reassessments.contractOf(id))))
                .ifPresent(this::reassess);
    }

    private void reassess(Contract.Signed contract) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var ids = contract.months().stream()
                .map(month -> new CreditId(contract.contract(), month))
                .toList();
        credits.find(ids, now).stream()
                .filter(decided -> decided.assessed().creditPercent().signum() > 0)
                .map(CreditReadModel.Decided::credit)
                .filter(credit -> isOver(credit.month(), contract, now))
                .forEach(credit -> commands.send(new ReassessCharges(
                        credit, charges.accrued(contract, credit.month(), now).creditable(), now)));
        listener.creditsReassessed(contract);
    }

    /** While a month runs its charges grow by the hour: the credit's amount is computed where it is shown, and no event is published. */
    private static boolean isOver(YearMonth month, Contract.Signed contract, Instant now) {
        return !Period.month(month, contract.timeZone()).until().isAfter(now);
    }
}
