package menara.billing.catalogue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import menara.billing.catalogue.PricePlanCommands.PublishPricePlanVersion;
import menara.billing.meters.Meter;
import menara.billing.meters.MeterReadModel;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Price plans over HTTP. */
@RestController
@RequestMapping("/api/billing/price-plans")
class PricePlanController {

    private final Commands commands;
    private final PricePlanReadModel plans;
    private final CurrentStates states;
    private final EventSourcedState<PricePlanId, PricePlan, PricePlanEvent> decided;
    private final MeterReadModel meters;
    private final IdFactory ids;
    private final Clock clock;

    PricePlanController(
            Commands commands,
            PricePlanReadModel plans,
            CurrentStates states,
            EventSourcedState<PricePlanId, PricePlan, PricePlanEvent> decided,
            MeterReadModel meters,
            IdFactory ids,
            Clock clock) {
        this.commands = commands;
        this.plans = plans;
        this.states = states;
        this.decided = decided;
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param prices prices by the unit; may be absent if there are charges
     * @param charges anything else that is charged for
     */
    record NewVersion(
            PricePlanId plan,
            Currency currency,
            Instant effectiveFrom,
            @Nullable List<Price> prices,
            @Nullable List<Charge> charges) {}

    record PlanView(PricePlanId plan, Currency currency, List<PricePlan.Version> versions) {}

    @PostMapping
    @Idempotent
    ResponseEntity<PlanView> publish(@RequestBody NewVersion request) {
        if (!request.effectiveFrom().truncatedTo(ChronoUnit.MINUTES).equals(request.effectiveFrom())) {
            throw new InvalidField("effectiveFrom", "must be a whole minute");
        }
        var prices = Objects.requireNonNullElse(request.prices(), List.<Price>of());
        var charges = Objects.requireNonNullElse(request.charges(), List.<Charge>of());
        if (prices.isEmpty() && charges.isEmpty()) {
            throw new InvalidField("prices", "must name at least one price");
        }
        oncePerMeter(prices);
        var sheet = new ArrayList<>(charges);
        prices.forEach(price -> sheet.add(price.charge()));
        PriceSheet.check(sheet, meters::get);
        commands.send(new PublishPricePlanVersion(
                request.plan(),
                new PublicationId(ids.next()),
                request.currency(),
                request.effectiveFrom(),
                prices,
                charges,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return ResponseEntity.created(URI.create("/api/billing/price-plans/" + request.plan()))
                .body(published(request.plan()));
    }

    /** From the state that was decided on: the documents may be behind it, when another instance stalls. */
    private PlanView published(PricePlanId plan) {
        return switch (states.get(decided, plan)) {
            case PricePlan.Published found -> view(found);
            case PricePlan.Unpublished _ -> throw new NotFound("price plan", plan);
        };
    }

    @GetMapping("/{plan}")
    PlanView get(@PathVariable PricePlanId plan) {
        return view(plans.find(plan).orElseThrow(() -> new NotFound("price plan", plan)));
    }

    private static PlanView view(PricePlan.Published plan) {
        return new PlanView(plan.plan(), plan.currency(), plan.versions());
    }

    private static void oncePerMeter(List<Price> prices) {
        var meters = new HashSet<Meter>();
        for (int i = 0; i < prices.size(); i++) {
            if (!meters.add(prices.get(i).meter())) {
                throw new InvalidField("prices[%d].meter".formatted(i), "a meter has one price in a version");
            }
        }
    }
}
