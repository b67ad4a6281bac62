package menara.billing.leaks;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import menara.platform.web.Costly;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LeakController {

    private final Leaks leaks;
    private final Clock clock;

    LeakController(Leaks leaks, Clock clock) {
        this.leaks = leaks;
        this.clock = clock;
    }

    record LeaksView(YearMonth month, Instant asOf, List<Leak> items) {}

    @Costly
    @GetMapping("/api/billing/projections/leaks")
    LeaksView of(@RequestParam YearMonth month) {
        var asOf = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new LeaksView(month, asOf, leaks.of(month, asOf));
    }
}
