package menara.billing.publishing;

import java.util.List;
import menara.billing.catalogue.PricePlanEvent;
import menara.billing.clearance.ClearanceEvent;
import menara.billing.contracts.BuyerChanged;
import menara.billing.contracts.ContractAmended;
import menara.billing.contracts.ContractEvent;
import menara.billing.contracts.ContractSigned;
import menara.billing.contracts.ContractTermChanged;
import menara.billing.credits.AvailabilityTargetMet;
import menara.billing.credits.CreditEvent;
import menara.billing.credits.SlaCreditGranted;
import menara.billing.credits.SlaCreditRevised;
import menara.billing.credits.SlaCreditWithdrawn;
import menara.billing.forecast.ForecastEvent;
import menara.billing.forecast.RevenueForecastChanged;
import menara.billing.fx.ExchangeRateEvent;
import menara.billing.invoicing.InvoiceEvent;
import menara.billing.meters.MeterEvent;
import menara.billing.racks.RackMeteringEvent;
import menara.eventstore.spring.Publication;
import org.springframework.stereotype.Component;

/** Translates this service's private events into those of its contract; prices, meters and invoices stay private. */
@Component
class BillingPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case ContractEvent contract -> publish(contract);
            case CreditEvent credit -> publish(credit);
            case ForecastEvent forecast -> publish(forecast);
            case MeterEvent _,
                    PricePlanEvent _,
                    RackMeteringEvent _,
                    ExchangeRateEvent _,
                    InvoiceEvent _,
                    ClearanceEvent _ -> List.of();
            default ->
                throw new IllegalArgumentException("%s belongs to no family of this service"
                        .formatted(event.getClass().getName()));
        };
    }

    private static List<?> publish(ContractEvent event) {
        return switch (event) {
            case ContractSigned signed ->
                List.of(new menara.billing.contract.ContractSigned(
                        signed.contract(),
                        signed.tenant(),
                        signed.term(),
                        signed.currency(),
                        signed.timeZone(),
                        signed.serviceLevel().targetPercent(),
                        signed.at()));
            case ContractTermChanged changed ->
                List.of(new menara.billing.contract.ContractTermChanged(
                        changed.contract(), changed.revision(), changed.until(), changed.at()));
            case ContractAmended _, BuyerChanged _ -> List.of();
        };
    }

    /** A revision and a withdrawal are published as the credit that stands from then on: others keep the highest revision. */
    private static List<?> publish(CreditEvent event) {
        return switch (event) {
            case SlaCreditGranted _, SlaCreditRevised _, SlaCreditWithdrawn _ ->
                List.of(new menara.billing.contract.SlaCreditGranted(
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

    private static List<?> publish(ForecastEvent event) {
        return switch (event) {
            case RevenueForecastChanged changed ->
                List.of(new menara.billing.contract.RevenueForecastChanged(
                        changed.contract(),
                        changed.tenant(),
                        changed.currency(),
                        changed.months().stream()
                                .map(month -> new menara.billing.contract.RevenueForecastChanged.Month(
                                        month.month(), month.charges(), month.credits()))
                                .toList(),
                        changed.at()));
        };
    }
}
