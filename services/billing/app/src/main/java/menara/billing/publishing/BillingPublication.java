package menara.billing.publishing;

import java.util.List;
import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.billing.contract.RevenueForecastChanged;
import menara.billing.contract.SlaCreditGranted;
import menara.billing.contracts.ContractConcluded;
import menara.billing.contracts.ContractRenewed;
import menara.billing.contracts.ContractTerminated;
import menara.billing.credits.AvailabilityTargetMet;
import menara.billing.credits.CreditEvent;
import menara.billing.credits.CreditGranted;
import menara.billing.credits.CreditRevised;
import menara.billing.credits.CreditWithdrawn;
import menara.billing.projections.ForecastRevised;
import menara.eventstore.spring.Publication;
import org.springframework.stereotype.Component;

/** Which of billing's events others learn, and in which words. */
@Component
class BillingPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case ContractConcluded e ->
                List.of(new ContractSigned(
                        e.contract(),
                        e.tenant(),
                        e.term(),
                        e.currency(),
                        e.timeZone(),
                        e.serviceLevel().targetPercent(),
                        e.at()));
            case ContractRenewed e -> List.of(new ContractTermChanged(e.contract(), e.revision(), e.until(), e.at()));
            case ContractTerminated e ->
                List.of(new ContractTermChanged(e.contract(), e.revision(), e.until(), e.at()));
            case CreditEvent e -> credit(e);
            case ForecastRevised e ->
                List.of(new RevenueForecastChanged(
                        e.contract(),
                        e.tenant(),
                        e.currency(),
                        e.months().stream()
                                .map(month -> new RevenueForecastChanged.Month(
                                        month.month(), month.charges(), month.credits()))
                                .toList(),
                        e.at()));
            default -> List.of();
        };
    }

    private static List<SlaCreditGranted> credit(CreditEvent event) {
        return switch (event) {
            case CreditGranted _, CreditRevised _, CreditWithdrawn _ ->
                List.of(new SlaCreditGranted(
                        event.credit().contract(),
                        event.assessed().tenant(),
                        event.credit().month(),
                        event.assessed().availability().percent(),
                        event.assessed().amount(),
                        event.assessed().revision(),
                        event.at()));
            case AvailabilityTargetMet _ -> List.of(); // no credit stood and none stands
        };
    }
}
