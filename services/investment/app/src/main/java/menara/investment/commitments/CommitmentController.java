package menara.investment.commitments;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import menara.eventstore.spring.Commands;
import menara.investment.commitments.CommitmentCommands.MakeCommitment;
import menara.platform.documents.Paging;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.Money;
import menara.values.PartnerId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Commitments over HTTP. */
@RestController
@RequestMapping("/api/investment/commitments")
class CommitmentController {

    private final CommitmentReadModel readModel;
    private final Commands commands;
    private final Clock clock;

    CommitmentController(CommitmentReadModel readModel, Commands commands, Clock clock) {
        this.readModel = readModel;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * @param partner alias of the partner's organization
     * @param amount more than zero, in the currency of the other commitments
     * @param shareClass class of shares it buys
     */
    record CommitRequest(PartnerId partner, Money amount, ShareClass shareClass) {}

    @PostMapping
    @Idempotent
    ResponseEntity<CommitmentView> commit(@RequestBody CommitRequest request) {
        var committed = commands.send(
                new MakeCommitment(
                        FundId.CAMPUS,
                        request.partner(),
                        request.shareClass(),
                        request.amount(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                CommitmentView.class);
        return ResponseEntity.created(URI.create("/api/investment/partners/" + request.partner() + "/account"))
                .body(committed);
    }

    @GetMapping
    Page<CommitmentView> list(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        return readModel.page(Paging.of(limit, cursor));
    }
}
