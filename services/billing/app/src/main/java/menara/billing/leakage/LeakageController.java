package menara.billing.leakage;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import menara.platform.web.Costly;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The revenue leakage of a month over HTTP. */
@RestController
class LeakageController {

    private final RevenueLeakage leaks;
    private final Clock clock;

    LeakageController(RevenueLeakage leaks, Clock clock) {
        this.leaks = leaks;
        this.clock = clock;
    }

    record LeakageView(YearMonth month, Instant asOf, List<Leakage> items) {}

    @Costly
    @GetMapping("/api/billing/projections/revenue-leakage")
    LeakageView of(@RequestParam YearMonth month) {
        var asOf = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new LeakageView(month, asOf, leaks.of(month, asOf));
    }
}
