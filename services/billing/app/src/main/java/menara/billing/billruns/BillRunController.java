package menara.billing.billruns;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import menara.platform.security.Caller;
import menara.platform.web.Idempotent;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bill runs over HTTP: start the run of a month, which drafts its invoice for every contract, and read its progress. */
@RestController
@RequestMapping("/api/billing/bill-runs")
class BillRunController {

    private final BillRun job;
    private final BillRuns runs;
    private final Clock clock;

    BillRunController(BillRun job, BillRuns runs, Clock clock) {
        this.job = job;
        this.runs = runs;
        this.clock = clock;
    }

    record NewRun(YearMonth month) {}

    /**
     * @param state {@code running} or {@code finished}
     * @param drafts drafts made so far
     * @param hash over all drafts made so far
     */
    record RunView(YearMonth month, int attempt, String state, Instant asOf, int drafts, int lines, String hash) {
        static RunView of(BillRuns.Run run) {
            return new RunView(
                    run.month(),
                    run.attempt(),
                    run.finished() ? "finished" : "running",
                    run.asOf(),
                    run.done(),
                    run.lines(),
                    run.hash());
        }
    }

    @PostMapping
    @Idempotent
    ResponseEntity<RunView> start(@RequestBody NewRun request, Caller caller) {
        if (request.month()
                .atDay(1)
                .atStartOfDay(java.time.ZoneOffset.UTC)
                .toInstant()
                .isAfter(clock.instant())) {
            throw new InvalidField("month", "has not begun");
        }
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(RunView.of(job.start(request.month(), caller.subject())));
    }

    @GetMapping("/{month}")
    RunView get(@PathVariable YearMonth month) {
        return runs.find(month).map(RunView::of).orElseThrow(() -> new NotFound("bill run", month));
    }
}
