package menara.billing.forecast;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What can be asked of a contract's forecast. */
sealed interface ForecastCommands {

    /** Publish a forecast if it differs from the last one. */
    record ReviseForecast(
            @TargetEntityId Forecast.ForecastId forecast,
            TenantId tenant,
            Currency currency,
            List<ForecastMonth> months,
            Instant at)
            implements ForecastCommands {}
}
