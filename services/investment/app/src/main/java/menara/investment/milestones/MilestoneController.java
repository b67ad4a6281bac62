package menara.investment.milestones;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import menara.eventstore.spring.Commands;
import menara.investment.milestones.MilestoneCommands.SetMilestone;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
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

/** Milestones over HTTP. */
@RestController
@RequestMapping("/api/investment/milestones")
class MilestoneController {

    private final MilestoneReadModel readModel;
    private final Commands commands;
    private final Clock clock;

    MilestoneController(MilestoneReadModel readModel, Commands commands, Clock clock) {
        this.readModel = readModel;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * @param milestone its name, once and for all
     * @param phase phase it belongs to
     * @param kind what it asks for
     * @param targetGpus GPUs that must be energised
     */
    record SetRequest(MilestoneId milestone, PhaseId phase, MilestoneKind kind, int targetGpus) {}

    @PostMapping
    ResponseEntity<MilestoneView> set(@RequestBody SetRequest request) {
        var standing = commands.send(
                new SetMilestone(
                        request.milestone(),
                        request.phase(),
                        request.targetGpus(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                MilestoneView.class);
        return ResponseEntity.created(URI.create("/api/investment/milestones/" + request.milestone()))
                .body(standing);
    }

    @GetMapping
    Page<MilestoneView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> state) {
        return readModel.page(Paging.of(limit, cursor), state);
    }

    @GetMapping("/{milestone}")
    MilestoneView get(@PathVariable MilestoneId milestone) {
        return readModel.find(milestone).orElseThrow(() -> new NotFound("milestone", milestone));
    }
}
