package menara.billing.catalogue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    record NewVersion(PricePlanId plan, Currency currency, Instant effectiveFrom, List<Price> prices) {}

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
                oncePerMeter(request.prices()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return ResponseEntity.created(URI.create("/api/billing/price-plans/" + request.plan()))
                .body(get(request.plan()));
    }

    @GetMapping("/{plan}")
    PlanView get(@PathVariable PricePlanId plan) {
        var found = plans.find(plan).orElseThrow(() -> new NotFound("price plan", plan));
        return new PlanView(found.plan(), found.currency(), found.versions());
    }

    private static List<Price> oncePerMeter(List<Price> prices) {
        if (prices.isEmpty()) {
            throw new InvalidField("prices", "must name at least one price");
        }
        var meters = EnumSet.noneOf(Meter.class);
        for (int i = 0; i < prices.size(); i++) {
            if (!meters.add(prices.get(i).meter())) {
                throw new InvalidField("prices[%d].meter".formatted(i), "a meter has one price in a version");
            }
        }
        return prices;
    }
}
