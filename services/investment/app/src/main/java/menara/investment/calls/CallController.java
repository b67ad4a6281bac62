package menara.investment.calls;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import menara.eventstore.spring.Commands;
import menara.investment.calls.CallCommands.DraftCapitalCall;
import menara.investment.calls.CallCommands.IssueCapitalCall;
import menara.investment.calls.CallCommands.ReceiveContribution;
import menara.investment.commitments.FundId;
import menara.investment.milestones.MilestoneId;
import menara.platform.documents.Paging;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.refusals.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Capital calls over HTTP. */
@RestController
@RequestMapping("/api/investment/capital-calls")
class CallController {

    private final CallReadModel readModel;
    private final Commands commands;
    private final IdFactory ids;
    private final Clock clock;

    CallController(CallReadModel readModel, Commands commands, IdFactory ids, Clock clock) {
        this.readModel = readModel;
        this.commands = commands;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param phase phase it pays for
     * @param milestone milestone of that phase which must be reached before it is issued
     * @param purpose what it is for, one line
     * @param amount called from all partners together, in the commitments' currency
     * @param dueDate at least ten business days after issuance
     */
    record DraftRequest(PhaseId phase, MilestoneId milestone, String purpose, Money amount, LocalDate dueDate) {}

    /**
     * @param partner the partner that paid
     * @param amount at most what it still owes on this call
     * @param paidOn value date
     */
    record ContributionRequest(PartnerId partner, Money amount, LocalDate paidOn) {}

    @PostMapping
    @Idempotent
    ResponseEntity<CallView> draft(@RequestBody DraftRequest request, Caller caller) {
        var id = new CapitalCallId(ids.next());
        var drafted = commands.send(
                new DraftCapitalCall(
                        id,
                        FundId.CAMPUS,
                        request.phase(),
                        request.milestone(),
                        request.purpose(),
                        request.amount(),
                        request.dueDate(),
                        signatory(caller),
                        now()),
                CallView.class);
        return ResponseEntity.created(location(id)).body(drafted);
    }

    @PostMapping("/{call}/issuance")
    @Idempotent
    CallView issue(@PathVariable CapitalCallId call, Caller caller) {
        return commands.send(new IssueCapitalCall(call, FundId.CAMPUS, signatory(caller), now()), CallView.class);
    }

    @PostMapping("/{call}/contributions")
    @Idempotent
    ResponseEntity<CallView> contribute(@PathVariable CapitalCallId call, @RequestBody ContributionRequest request) {
        var answered = commands.send(
                new ReceiveContribution(
                        new ContributionId(ids.next()),
                        call,
                        request.partner(),
                        request.amount(),
                        request.paidOn(),
                        now()),
                CallView.class);
        return ResponseEntity.created(location(call)).body(answered);
    }

    @GetMapping
    Page<CallView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> state) {
        return readModel.page(Paging.of(limit, cursor), state);
    }

    @GetMapping("/{call}")
    CallView get(@PathVariable CapitalCallId call) {
        return readModel.find(call).orElseThrow(() -> new NotFound("capital call", call));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Signatory signatory(Caller caller) {
        return new Signatory(caller.subject(), caller.name());
    }

    private static URI location(CapitalCallId call) {
        return URI.create("/api/investment/capital-calls/" + call);
    }
}
