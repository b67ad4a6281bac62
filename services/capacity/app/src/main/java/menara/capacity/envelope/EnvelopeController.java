package menara.capacity.envelope;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Timeline;
import menara.capacity.envelope.EnvelopeCommands.ClassifyPhase;
import menara.capacity.envelope.EnvelopeCommands.CommissionPower;
import menara.capacity.envelope.EnvelopeCommands.PlanPhase;
import menara.capacity.envelope.EnvelopeCommands.RegisterHall;
import menara.eventstore.spring.Commands;
import menara.platform.documents.Paging;
import menara.platform.time.IdFactory;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import menara.platform.web.Csv;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Phases, halls and the envelope over HTTP. */
@RestController
@RequestMapping("/api/capacity")
class EnvelopeController {

    static final int MAX_NAME_LENGTH = 200;

    /** Ten times the campus: more is a wrong unit. */
    static final Power MAX_POWER = Power.megawatts(5_000);

    private final EnvelopeReadModel documents;
    private final Commands commands;
    private final PastCampus past;
    private final IdFactory ids;
    private final Clock clock;

    EnvelopeController(EnvelopeReadModel documents, Commands commands, PastCampus past, IdFactory ids, Clock clock) {
        this.documents = documents;
        this.commands = commands;
        this.past = past;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param phase its name in ids
     * @param name what people call it
     * @param planned nameplate power
     * @param plannedFrom day from which the power is expected
     */
    record PhaseRequest(PhaseId phase, String name, Power planned, LocalDate plannedFrom) {}

    /**
     * @param power additional power
     * @param at first instant at which it is there
     */
    record CommissioningRequest(Power power, Instant at) {}

    /**
     * @param level 1 where a Moroccan company operates on national territory, 2 where a Moroccan majority owns it as well
     */
    record SovereigntyRequest(int level) {}

    /**
     * @param hall its name
     * @param phase the phase that feeds it
     * @param limit power its distribution carries
     */
    record HallRequest(NodeId hall, PhaseId phase, Power limit) {}

    @PostMapping("/phases")
    @Idempotent
    ResponseEntity<PhaseView> plan(@RequestBody PhaseRequest request) {
        if (request.name().isBlank() || request.name().length() > MAX_NAME_LENGTH) {
            throw new InvalidField("name", "must be 1 to %d characters".formatted(MAX_NAME_LENGTH));
        }
        var layout = commands.send(
                new PlanPhase(
                        request.phase(),
                        request.name(),
                        checked("planned", request.planned()),
                        request.plannedFrom(),
                        Timeline.now(clock)),
                Campus.class);
        return created(request.phase(), layout);
    }

    @GetMapping("/phases")
    Page<PhaseView> phases(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        return documents.phases(Paging.of(limit, cursor));
    }

    @GetMapping("/phases/{phase}")
    PhaseView phase(@PathVariable PhaseId phase) {
        return documents.phase(phase).orElseThrow(() -> new NotFound("phase", phase));
    }

    @PostMapping("/phases/{phase}/commissionings")
    @Idempotent
    ResponseEntity<PhaseView> commission(@PathVariable PhaseId phase, @RequestBody CommissioningRequest request) {
        var layout = commands.send(
                new CommissionPower(
                        ids.next(),
                        phase,
                        checked("power", request.power()),
                        Timeline.checked("at", request.at()),
                        Timeline.now(clock)),
                Campus.class);
        return created(phase, layout);
    }

    @PostMapping("/phases/{phase}/sovereignty")
    @Idempotent
    PhaseView classify(@PathVariable PhaseId phase, @RequestBody SovereigntyRequest request) {
        if (request.level() < 1 || request.level() > 2) {
            throw new InvalidField("level", "must be 1 or 2, was " + request.level());
        }
        var layout =
                commands.send(new ClassifyPhase(phase, request.level(), ids.next(), Timeline.now(clock)), Campus.class);
        return PhaseView.of(layout.phase(phase).orElseThrow());
    }

    @PostMapping("/halls")
    @Idempotent
    ResponseEntity<HallView> register(@RequestBody HallRequest request) {
        var at = Timeline.now(clock);
        var layout = commands.send(
                new RegisterHall(request.hall(), request.phase(), checked("limit", request.limit()), at), Campus.class);
        return ResponseEntity.created(URI.create("/api/capacity/halls/" + request.hall()))
                .body(HallView.of(layout.hall(request.hall()).orElseThrow()));
    }

    @GetMapping("/halls")
    Page<HallView> halls(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        return documents.halls(Paging.of(limit, cursor));
    }

    @GetMapping("/halls/{hall}")
    HallView hall(@PathVariable NodeId hall) {
        return documents.hall(hall).orElseThrow(() -> new NotFound("hall", hall));
    }

    @GetMapping(path = "/envelope", produces = MediaType.APPLICATION_JSON_VALUE)
    @Costly(onlyWith = AsOf.PARAMETER)
    EnvelopeView envelope(@RequestParam Optional<Instant> at, AsOf asOf) {
        var now = Timeline.now(clock);
        var instant = Timeline.checked("at", at.orElse(now));
        var known = asOf.given() ? Timeline.checked(AsOf.PARAMETER, asOf.at()) : now;
        return EnvelopeQuery.at(instant, known, past.campus(known, now));
    }

    @GetMapping(path = "/envelope", produces = "text/csv")
    @Costly(onlyWith = AsOf.PARAMETER)
    String envelopeAsCsv(@RequestParam Optional<Instant> at, AsOf asOf) {
        var header = List.of("node", "kind", "parent", "limit_w", "committed_w", "free_w", "derated_w");
        return envelope(at, asOf).nodes().stream()
                .map(node -> Csv.line(Arrays.asList(
                        node.node(),
                        node.kind(),
                        node.parent() == null ? "" : node.parent(),
                        node.limit().watts(),
                        node.committed().watts(),
                        node.free().watts(),
                        node.derated().watts())))
                .collect(Collectors.joining("", Csv.line(header), ""));
    }

    private static Power checked(String field, Power power) {
        if (power.equals(Power.ZERO) || power.compareTo(MAX_POWER) > 0) {
            throw new InvalidField(field, "must be more than 0 W and at most %s".formatted(MAX_POWER));
        }
        return power;
    }

    private static ResponseEntity<PhaseView> created(PhaseId phase, Campus layout) {
        return ResponseEntity.created(URI.create("/api/capacity/phases/" + phase))
                .body(PhaseView.of(layout.phase(phase).orElseThrow()));
    }
}
