package menara.billing.forecast;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import menara.values.ContractId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The forecast of a contract's revenue changed.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param currency ISO 4217 currency of all amounts
 * @param months every month of the term, in order
 * @param at as-of time
 */
@Event(namespace = "menara.billing", name = "RevenueForecastChanged", version = "1")
public record RevenueForecastChanged(
        @EventTag(key = "forecast") ContractId contract,
        TenantId tenant,
        Currency currency,
        List<ForecastMonth> months,
        Instant at)
        implements ForecastEvent {

    public RevenueForecastChanged {
        months = List.copyOf(months);
    }
}
