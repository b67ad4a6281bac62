package menara.billing.catalogue;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import menara.platform.eventsourcing.Commands;
import menara.platform.web.Idempotent;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/billing/price-plans")
class PricePlanEndpoint {

    private final Commands commands;
    private final PricePlans plans;
    private final Clock clock;

    PricePlanEndpoint(Commands commands, PricePlans plans, Clock clock) {
        this.commands = commands;
        this.plans = plans;
        this.clock = clock;
    }

    record NewVersion(PricePlanId plan, Currency currency, Instant effectiveFrom, List<NewPrice> prices) {

        record NewPrice(Meter meter, BigDecimal unitPrice) {}
    }

    record PlanView(PricePlanId plan, Currency currency, List<PricePlan.Version> versions) {}

    @PostMapping
    @Idempotent
    ResponseEntity<PlanView> publish(@RequestBody NewVersion request) {
        if (!request.effectiveFrom().truncatedTo(ChronoUnit.MINUTES).equals(request.effectiveFrom())) {
            throw new InvalidField("effectiveFrom", "must be a whole minute");
        }
        commands.send(new PublishPricePlanVersion(
                request.plan(),
                request.currency(),
                request.effectiveFrom(),
                prices(request.prices()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return ResponseEntity.created(URI.create("/api/billing/price-plans/" + request.plan()))
                .body(get(request.plan()));
    }

    @GetMapping("/{plan}")
    PlanView get(@PathVariable PricePlanId plan) {
        var found = plans.find(plan).orElseThrow(() -> new NotFound("price plan", plan));
        return new PlanView(found.plan(), found.currency(), found.versions());
    }

    private static List<Price> prices(List<NewVersion.NewPrice> requested) {
        if (requested.isEmpty()) {
            throw new InvalidField("prices", "must name at least one price");
        }
        var meters = EnumSet.noneOf(Meter.class);
        var prices = new ArrayList<Price>();
        for (int i = 0; i < requested.size(); i++) {
            var price = requested.get(i);
            if (!meters.add(price.meter())) {
                throw new InvalidField("prices[%d].meter".formatted(i), "a meter has one price in a version");
            }
            try {
                prices.add(new Price(price.meter(), price.unitPrice()));
            } catch (IllegalArgumentException e) {
                throw new InvalidField("prices[%d].unitPrice".formatted(i), e.getMessage());
            }
        }
        return prices;
    }
}
