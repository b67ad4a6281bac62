package menara.billing.reassessment;

import menara.billing.catalogue.PricePlanVersionPublished;
import menara.billing.contracts.ContractAmended;
import menara.billing.contracts.ContractReadModel;
import menara.billing.contracts.ContractSigned;
import menara.billing.contracts.ContractTermChanged;
import menara.billing.credits.CreditEvent;
import menara.billing.credits.SlaCreditGranted;
import menara.billing.credits.SlaCreditRevised;
import menara.billing.credits.SlaCreditWithdrawn;
import menara.billing.racks.RackMeteringStarted;
import menara.billing.racks.RackMeteringStopped;
import menara.eventstore.spring.Policy;
import menara.values.Period;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Any event that changes a contract's charges schedules a reassessment of its credits and forecast. */
@Policy(
        value = "when-charges-change-then-reassess-credits",
        by = {"contract", "credit", "plan"})
class WhenChargesChangeThenReassessCredits {

    private final Reassessments reassessments;
    private final ContractReadModel contracts;

    WhenChargesChangeThenReassessCredits(Reassessments reassessments, ContractReadModel contracts) {
        this.reassessments = reassessments;
        this.contracts = contracts;
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        reassessments.chargesChanged(event.contract());
    }

    @EventHandler(eventName = "menara.billing.ContractAmended")
    void on(ContractAmended event) {
        reassessments.chargesChanged(event.contract());
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        reassessments.chargesChanged(event.contract());
    }

    @EventHandler(eventName = "menara.billing.PricePlanVersionPublished")
    void on(PricePlanVersionPublished event) {
        contracts.all().stream()
                .filter(contract -> contract.agreements().stream()
                        .anyMatch(agreement -> agreement.plan().equals(event.plan())))
                .forEach(contract -> reassessments.chargesChanged(contract.contract()));
    }

    @EventHandler(eventName = "menara.billing.RackMeteringStarted")
    void on(RackMeteringStarted event) {
        reassessments.chargesChanged(event.contract());
    }

    @EventHandler(eventName = "menara.billing.RackMeteringStopped")
    void on(RackMeteringStopped event) {
        reassessments.chargesChanged(event.contract());
    }

    @EventHandler(eventName = "menara.billing.SlaCreditGranted")
    void on(SlaCreditGranted event) {
        creditChanged(event);
        contracts
                .find(event.credit().contract())
                .ifPresent(contract -> reassessments.reassessAfter(
                        contract.contract(),
                        event.credit().month(),
                        Period.month(event.credit().month(), contract.timeZone())
                                .until()));
    }

    @EventHandler(eventName = "menara.billing.SlaCreditRevised")
    void on(SlaCreditRevised event) {
        creditChanged(event);
    }

    @EventHandler(eventName = "menara.billing.SlaCreditWithdrawn")
    void on(SlaCreditWithdrawn event) {
        creditChanged(event);
    }

    private void creditChanged(CreditEvent event) {
        reassessments.chargesChanged(event.credit().contract());
    }
}
