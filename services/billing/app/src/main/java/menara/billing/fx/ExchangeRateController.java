package menara.billing.fx;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.fx.ExchangeRateCommands.ApproveExchangeRate;
import menara.billing.fx.ExchangeRateCommands.ProposeExchangeRate;
import menara.eventstore.spring.Commands;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exchange rates: entered by one person and approved by another, and which rate counts on a day. */
@RestController
@RequestMapping("/api/billing/exchange-rates")
class ExchangeRateController {

    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");

    private final Commands commands;
    private final ExchangeRateReadModel entered;
    private final RateReadModel rates;
    private final IdFactory ids;
    private final Clock clock;

    ExchangeRateController(
            Commands commands, ExchangeRateReadModel entered, RateReadModel rates, IdFactory ids, Clock clock) {
        this.commands = commands;
        this.entered = entered;
        this.rates = rates;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param value what one unit of {@code base} costs in {@code quote}, {@code "9.2134"}
     * @param date for which day
     * @param reason where it comes from, for the approver and the auditor
     */
    record NewRate(Currency base, Currency quote, BigDecimal value, LocalDate date, String reason) {}

    /** Enters a rate; it counts once another person approved it. A wrong one is corrected by another for the same day. */
    @PostMapping
    @Idempotent
    ResponseEntity<ExchangeRateReadModel.View> propose(@RequestBody NewRate request, Caller caller) {
        var rate = new ExchangeRateId(ids.next());
        commands.send(new ProposeExchangeRate(
                rate,
                request.base(),
                request.quote(),
                request.value(),
                request.date(),
                request.reason(),
                caller.subject(),
                LocalDate.ofInstant(clock.instant(), ZONE),
                now()));
        return ResponseEntity.created(URI.create("/api/billing/exchange-rates/" + rate))
                .body(decided(rate));
    }

    @PostMapping("/{rate}/approval")
    @Idempotent
    ExchangeRateReadModel.View approve(@PathVariable ExchangeRateId rate, Caller caller) {
        commands.send(new ApproveExchangeRate(rate, caller.subject(), now()));
        return decided(rate);
    }

    private ExchangeRateReadModel.View decided(ExchangeRateId rate) {
        return entered.find(rate)
                .orElseThrow(() -> new IllegalStateException("exchange rate %s is not projected yet".formatted(rate)));
    }

    /** Rates that were entered by hand, the latest day first. */
    @GetMapping
    Page<ExchangeRateReadModel.View> list(
            @RequestParam Optional<Currency> base,
            @RequestParam Optional<Currency> quote,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to " + Page.MAX_LIMIT);
        }
        var found = entered.all().stream()
                .filter(view -> base.map(view.base()::equals).orElse(true))
                .filter(view -> quote.map(view.quote()::equals).orElse(true))
                .toList();
        int from = cursor.map(last -> after(last, found)).orElse(0);
        var items = found.subList(from, Math.min(from + limit, found.size()));
        return new Page<>(
                items, from + limit < found.size() ? items.getLast().rate().toString() : null);
    }

    private static int after(String cursor, List<ExchangeRateReadModel.View> found) {
        int last = found.stream().map(view -> view.rate().toString()).toList().indexOf(cursor);
        if (last < 0) {
            throw new InvalidField("cursor", "is not a cursor of this list");
        }
        return last + 1;
    }

    /** The rate that an invoice of a day takes, published or entered. */
    @GetMapping("/in-force")
    Rate inForce(@RequestParam Currency base, @RequestParam Currency quote, @RequestParam Optional<LocalDate> date) {
        var day = date.orElse(LocalDate.ofInstant(clock.instant(), ZONE));
        return rates.find(base, quote, day)
                .orElseThrow(() -> new NotFound("exchange rate", "%s to %s on %s".formatted(base, quote, day)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
