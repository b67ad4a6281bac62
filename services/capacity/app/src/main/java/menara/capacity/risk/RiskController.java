package menara.capacity.risk;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Derating;
import menara.capacity.campus.Timeline;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.Shortfall;
import menara.capacity.ledger.Ledger;
import menara.capacity.placement.Placement;
import menara.capacity.risk.RiskCommands.DeratePower;
import menara.capacity.risk.RiskCommands.PostponePhase;
import menara.capacity.risk.RiskCommands.RestorePower;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.platform.documents.Paging;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deratings, postponed phases, and what they put at risk, over HTTP. */
@RestController
@RequestMapping("/api/capacity")
class RiskController {

    private static final int MAX_REASON_LENGTH = 500;

    private final Commands commands;
    private final CurrentStates current;
    private final EventSourcedState<Boundary, Campus, CampusEvent> campus;
    private final EventSourcedState<Boundary, Ledger, CampusEvent> ledger;
    private final DeratingReadModel documents;
    private final IdFactory ids;
    private final Clock clock;

    RiskController(
            Commands commands,
            CurrentStates current,
            EventSourcedState<Boundary, Campus, CampusEvent> campus,
            EventSourcedState<Boundary, Ledger, CampusEvent> ledger,
            DeratingReadModel documents,
            IdFactory ids,
            Clock clock) {
        this.commands = commands;
        this.current = current;
        this.campus = campus;
        this.ledger = ledger;
        this.documents = documents;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param node a phase, a hall, or a node of the power tree
     * @param cause why it carries less
     * @param lost power that is not there
     * @param from first instant without it; default now
     * @param until first instant with it again; not known if it is left out
     * @param reason in words
     */
    record DeratingRequest(
            NodeId node,
            DeratingCause cause,
            Power lost,
            @Nullable Instant from,
            @Nullable Instant until,
            String reason) {}

    /** @param at first instant at which the power is there again; default now */
    record RestorationRequest(@Nullable Instant at) {}

    /**
     * @param until new day of the rest of the phase
     * @param reason in words
     */
    record PostponementRequest(Instant until, String reason) {}

    /**
     * A derating of a node.
     *
     * @param until first instant with the power again; null if that is not known
     * @param active whether it takes power away now
     * @param atRisk commitments that cannot be kept as things stand, those of other causes included
     */
    record DeratingView(
            UUID derating,
            NodeId node,
            DeratingCause cause,
            Power lost,
            Instant from,
            @Nullable Instant until,
            String reason,
            boolean active,
            List<RiskView> atRisk) {}

    /**
     * A phase that comes later.
     *
     * @param plannedFrom day from which its rest is expected
     * @param atRisk commitments that cannot be kept as things stand
     */
    record PostponementView(PhaseId phase, LocalDate plannedFrom, List<RiskView> atRisk) {}

    /**
     * A commitment that cannot be kept as things stand. It still stands: people have to decide.
     *
     * @param racks the racks that were committed
     * @param shortfalls where it lacks power beside earlier commitments
     * @param move racks that could carry it for the rest of its period, after the moves listed before it; null if there are none
     */
    record RiskView(
            ReservationId reservation,
            ContractId contract,
            TenantId tenant,
            Period period,
            List<RackId> racks,
            List<Shortfall> shortfalls,
            @Nullable MoveView move) {}

    /** Racks to move to. */
    record MoveView(List<RackId> racks, int gpus, Power power) {}

    /** The commitments at risk, in the order in which they were made. */
    record RisksView(Instant at, List<RiskView> atRisk) {}

    @PostMapping("/deratings")
    @Idempotent
    ResponseEntity<DeratingView> derate(@RequestBody DeratingRequest request) {
        var now = Timeline.now(clock);
        var from = request.from() == null ? now : Timeline.checked("from", request.from());
        var until = request.until() == null ? Timeline.LAST : Timeline.checked("until", request.until());
        if (!from.isBefore(until)) {
            throw new InvalidField("until", "must be after from, %s, was %s".formatted(from, until));
        }
        var id = ids.next();
        var outlook = commands.send(
                new DeratePower(
                        id,
                        request.node(),
                        request.cause(),
                        request.lost(),
                        new Period(from, until),
                        checked(request.reason()),
                        now),
                Outlook.class);
        return ResponseEntity.created(URI.create("/api/capacity/deratings/" + id))
                .body(view(outlook.derating(id), now, risks(outlook, now)));
    }

    /** All deratings, those that are over as well, in the order of their ids. */
    @GetMapping("/deratings")
    Page<ListedDerating> deratings(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        return documents.page(Paging.of(limit, cursor), Timeline.now(clock));
    }

    @PostMapping("/deratings/{derating}/restoration")
    @Idempotent
    DeratingView restore(@PathVariable UUID derating, @RequestBody RestorationRequest request) {
        var now = Timeline.now(clock);
        var from = request.at() == null ? now : Timeline.checked("at", request.at());
        var outlook = commands.send(new RestorePower(derating, from, ids.next(), now), Outlook.class);
        return view(outlook.derating(derating), now, risks(outlook, now));
    }

    @PostMapping("/phases/{phase}/postponement")
    @Idempotent
    PostponementView postpone(@PathVariable PhaseId phase, @RequestBody PostponementRequest request) {
        var now = Timeline.now(clock);
        var outlook = commands.send(
                new PostponePhase(
                        phase, Timeline.checked("until", request.until()), checked(request.reason()), ids.next(), now),
                Outlook.class);
        return new PostponementView(phase, outlook.plannedFrom(phase), risks(outlook, now));
    }

    @GetMapping("/risks")
    RisksView risks() {
        var now = Timeline.now(clock);
        var outlook = current.get(
                campus, ledger, new Boundary.Site(), (seen, commitments) -> Outlook.of(seen, commitments, now));
        return new RisksView(now, risks(outlook, now));
    }

    private static String checked(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON_LENGTH) {
            throw new InvalidField("reason", "must be 1 to %d characters".formatted(MAX_REASON_LENGTH));
        }
        return reason;
    }

    private static DeratingView view(Derating derating, Instant now, List<RiskView> atRisk) {
        return new DeratingView(
                derating.derating(),
                derating.node(),
                derating.cause(),
                derating.lost(),
                derating.from(),
                Timeline.known(derating.until()),
                derating.reason(),
                derating.holdsAt(now),
                atRisk);
    }

    private static List<RiskView> risks(Outlook outlook, Instant now) {
        Map<String, Placement.Placed> moves = Risk.moves(outlook.campus(), outlook.atRisk(), now);
        return outlook.atRisk().stream()
                .map(risk -> {
                    var commitment = risk.commitment();
                    return new RiskView(
                            commitment.reservation(),
                            commitment.contract(),
                            commitment.tenant(),
                            commitment.period(),
                            commitment.racks(),
                            risk.shortfalls(),
                            move(moves.get(commitment.reservation().toString())));
                })
                .toList();
    }

    private static @Nullable MoveView move(Placement.@Nullable Placed placed) {
        return placed == null
                ? null
                : new MoveView(
                        placed.shares().stream()
                                .flatMap(share -> share.racks().stream())
                                .toList(),
                        placed.gpus(),
                        placed.power());
    }
}
