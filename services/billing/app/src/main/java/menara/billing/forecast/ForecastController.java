package menara.billing.forecast;

import menara.billing.contracts.VisibleContracts;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.values.ContractId;
import menara.values.refusals.InvalidField;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The forecast of a contract over HTTP. */
@RestController
@RequestMapping("/api/billing/projections/forecast")
class ForecastController {

    private final VisibleContracts contracts;
    private final Forecasts forecasts;

    ForecastController(VisibleContracts contracts, Forecasts forecasts) {
        this.contracts = contracts;
        this.forecasts = forecasts;
    }

    @GetMapping
    ForecastView forecast(@RequestParam ContractId contract, AsOf asOf, Caller caller) {
        var at = asOf.at();
        var signed = contracts.one(contract, caller);
        if (signed.signedAt().isAfter(at)) {
            throw new InvalidField("asOf", "the contract was signed at " + signed.signedAt());
        }
        return forecasts.of(signed, at);
    }
}
