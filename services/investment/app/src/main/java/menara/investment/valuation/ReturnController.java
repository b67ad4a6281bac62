package menara.investment.valuation;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import menara.investment.accounts.Accounts;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import menara.values.PartnerId;
import menara.values.refusals.NotFound;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Projected returns over HTTP. */
@RestController
@RequestMapping("/api/investment/returns")
class ReturnController {

    private final Accounts accounts;
    private final ForecastReadModel forecasts;
    private final ZoneId zone;

    ReturnController(
            Accounts accounts, ForecastReadModel forecasts, @Value("${menara.investment.calendar.zone}") ZoneId zone) {
        this.accounts = accounts;
        this.forecasts = forecasts;
        this.zone = zone;
    }

    /** A partner always sees its own share; others see the whole fund, or the partner they name. */
    @GetMapping("/projected")
    @Costly
    ReturnView projected(@RequestParam Optional<PartnerId> partner, AsOf asOf, Caller caller) {
        var knownOn = asOf.at();
        var scope = scope(partner, caller);
        var known = accounts.all().knownAt(knownOn);
        scope.filter(one -> !known.commitments().containsKey(one)).ifPresent(one -> {
            throw new NotFound("capital account", one);
        });
        var projected = ProjectedReturn.of(
                known,
                asOf.given() ? forecasts.knownAt(knownOn) : forecasts.now(),
                scope,
                LocalDate.ofInstant(knownOn, zone));
        return ReturnView.of(knownOn, scope, known, projected);
    }

    private static Optional<PartnerId> scope(Optional<PartnerId> asked, Caller caller) {
        if (caller.seesAll()) {
            return asked;
        }
        var own = caller.partner().orElseThrow(() -> new NotFound("capital account", "of this caller"));
        asked.filter(one -> !caller.maySee(one)).ifPresent(other -> {
            throw new NotFound("capital account", other);
        });
        return Optional.of(own);
    }
}
