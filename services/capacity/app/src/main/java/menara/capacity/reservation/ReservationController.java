package menara.capacity.reservation;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.commitments.Demand;
import menara.capacity.placement.CampusAtPlacement;
import menara.capacity.placement.PlacementExplanation;
import menara.capacity.placement.RackSizing;
import menara.capacity.placement.RacksRequest;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.capacity.reservation.ReservationReadModel.Filter;
import menara.eventstore.spring.Commands;
import menara.platform.documents.Paging;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Costly;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reservations over HTTP. */
@RestController
@RequestMapping("/api/capacity/reservations")
class ReservationController {

    private static final Duration HOLD = Duration.ofHours(24);
    private static final Duration LONGEST_HOLD = Duration.ofDays(14);

    private final ReservationReadModel documents;
    private final Commands commands;
    private final RackSizing sizing;
    private final CampusAtPlacement before;
    private final FirstAnswers answers;
    private final IdFactory ids;
    private final Clock clock;

    ReservationController(
            ReservationReadModel documents,
            Commands commands,
            RackSizing sizing,
            CampusAtPlacement before,
            FirstAnswers answers,
            IdFactory ids,
            Clock clock) {
        this.documents = documents;
        this.commands = commands;
        this.sizing = sizing;
        this.before = before;
        this.answers = answers;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param contract the contract it serves
     * @param tenant whose racks they will be; a tenant asks for itself only
     * @param period when the racks are wanted
     * @param racks which racks are wanted
     */
    record ReservationRequest(ContractId contract, TenantId tenant, Period period, RacksRequest racks) {}

    /** @param expiresAt first instant at which it can no longer be confirmed; default 24 hours from now, 14 days at most */
    record HoldRequest(@Nullable Instant expiresAt) {}

    /**
     * The changes; fields left out stay as they are.
     *
     * @param until when it ends
     * @param count how many racks it has
     * @param giveUp racks to give up, for others
     * @param take racks to take by name; the rest may be any
     */
    record ChangeRequest(
            @Nullable Instant until,
            @Nullable Integer count,
            @Nullable List<RackId> giveUp,
            @Nullable List<RackId> take) {}

    /** @param at first instant at which the tenant had the racks; default now */
    record Activation(@Nullable Instant at) {}

    /** @param at first instant at which the racks are free */
    record EndRequest(Instant at) {}

    @PostMapping
    @Idempotent
    ResponseEntity<ReservationView> request(@RequestBody ReservationRequest request, Caller caller) {
        if (!caller.maySee(request.tenant())) {
            throw new InvalidField("tenant", "a tenant asks for itself only");
        }
        var step = ids.next();
        var decided = commands.send(
                new RequestReservation(
                        new ReservationId(step),
                        request.contract(),
                        request.tenant(),
                        Timeline.checked("period", request.period()),
                        sizing.demand(request.racks()),
                        Timeline.now(clock)),
                Reservation.class);
        var requested = ReservationViews.of(answers.to(step, decided)).to(caller);
        return ResponseEntity.created(URI.create("/api/capacity/reservations/" + requested.reservation()))
                .eTag(requested.eTag())
                .body(requested);
    }

    @PostMapping("/{reservation}/confirmation")
    @Idempotent
    ResponseEntity<ReservationView> confirm(@PathVariable ReservationId reservation) {
        var step = ids.next();
        var decided = answers.to(
                step, commands.send(new ConfirmReservation(reservation, step, Timeline.now(clock)), Reservation.class));
        if (decided instanceof Reservation.Rejected rejected) {
            // The rejection is stored; the caller hears it as the refusal it is.
            throw new RuleViolated(rejected.rule(), rejected.reason());
        }
        return shown(step, decided);
    }

    @PostMapping("/{reservation}/hold")
    @Idempotent
    ResponseEntity<ReservationView> hold(@PathVariable ReservationId reservation, @RequestBody HoldRequest request) {
        var now = Timeline.now(clock);
        var expiresAt =
                request.expiresAt() == null ? now.plus(HOLD) : Timeline.checked("expiresAt", request.expiresAt());
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST_HOLD))) {
            throw new InvalidField(
                    "expiresAt",
                    "must be after now, %s, and at most %d days later".formatted(now, LONGEST_HOLD.toDays()));
        }
        var step = ids.next();
        return shown(step, commands.send(new HoldReservation(reservation, expiresAt, step, now), Reservation.class));
    }

    @PostMapping("/{reservation}/waitlist")
    @Idempotent
    ResponseEntity<ReservationView> waitlist(@PathVariable ReservationId reservation) {
        var step = ids.next();
        return shown(
                step,
                commands.send(new WaitlistReservation(reservation, step, Timeline.now(clock)), Reservation.class));
    }

    @PostMapping("/{reservation}/release")
    @Idempotent
    ResponseEntity<ReservationView> release(@PathVariable ReservationId reservation) {
        var step = ids.next();
        return shown(
                step, commands.send(new ReleaseReservation(reservation, step, Timeline.now(clock)), Reservation.class));
    }

    @PostMapping("/{reservation}/changes")
    @Idempotent
    ResponseEntity<ReservationView> change(
            @PathVariable ReservationId reservation, @RequestBody ChangeRequest request) {
        var count = request.count();
        if (count != null && (count < 1 || count > Demand.MAX_RACKS)) {
            throw new InvalidField("count", "must be 1 to %d, was %d".formatted(Demand.MAX_RACKS, count));
        }
        var until = request.until();
        var step = ids.next();
        var changed = commands.send(
                new ChangeReservation(
                        reservation,
                        until == null ? null : Timeline.checked("until", until),
                        count,
                        once("giveUp", request.giveUp()),
                        once("take", request.take()),
                        step,
                        Timeline.now(clock)),
                Reservation.class);
        return shown(step, changed);
    }

    private static List<RackId> once(String field, @Nullable List<RackId> racks) {
        var given = racks == null ? List.<RackId>of() : racks;
        if (given.size() > Demand.MAX_RACKS || new HashSet<>(given).size() < given.size()) {
            throw new InvalidField(field, "name each rack once, at most %d".formatted(Demand.MAX_RACKS));
        }
        return given;
    }

    @PostMapping("/{reservation}/activation")
    @Idempotent
    ResponseEntity<ReservationView> activate(
            @PathVariable ReservationId reservation, @RequestBody(required = false) @Nullable Activation activation) {
        var step = ids.next();
        var now = Timeline.now(clock);
        var stated = activation == null ? null : activation.at();
        return shown(
                step,
                commands.send(
                        new ActivateReservation(
                                reservation, stated == null ? now : Timeline.checked("at", stated), step, now),
                        Reservation.class));
    }

    @PostMapping("/{reservation}/end")
    @Idempotent
    ResponseEntity<ReservationView> end(@PathVariable ReservationId reservation, @RequestBody EndRequest request) {
        var step = ids.next();
        return shown(
                step,
                commands.send(
                        new EndReservation(
                                reservation, Timeline.checked("at", request.at()), step, Timeline.now(clock)),
                        Reservation.class));
    }

    /** {@code from} and {@code until} select reservations whose period overlaps that time. */
    @GetMapping
    Page<ReservationView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<ContractId> contract,
            @RequestParam Optional<String> state,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            Caller caller) {
        var wanted = state.map(
                shown -> ReservationState.of(shown)
                        .orElseThrow(
                                () -> new InvalidField(
                                        "state",
                                        "must be requested, waitlisted, held, confirmed, rejected, active, ended, released or expired")));
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new InvalidField("until", "must be after from");
        }
        var paging = Paging.of(limit, cursor);
        if (!caller.seesAll() && caller.tenant().isEmpty()) {
            return new Page<>(List.of(), null); // a caller without a tenant has no reservations
        }
        var found = documents.page(paging, new Filter(caller.tenant(), contract, wanted, from, until));
        return new Page<>(found.items().stream().map(view -> view.to(caller)).toList(), found.next());
    }

    @GetMapping("/{reservation}")
    ResponseEntity<ReservationView> find(@PathVariable ReservationId reservation, Caller caller) {
        var view = found(reservation, caller);
        return ResponseEntity.ok().eTag(view.eTag()).body(view);
    }

    /** Why the reservation got these racks, on the campus as of their commitment or hold. A tenant sees its own racks only. */
    @GetMapping("/{reservation}/placement")
    @Costly
    PlacementExplanation placement(@PathVariable ReservationId reservation, Caller caller) {
        var view = found(reservation, caller);
        if (view.racks().isEmpty()) {
            throw new RuleViolated("reservation-not-confirmed", "reservation %s has no racks".formatted(reservation));
        }
        var explanation = PlacementExplanation.of(view.racks(), view.period(), before.placementOf(reservation));
        return caller.seesAll() ? explanation : explanation.ofItsOwn();
    }

    private ReservationView found(ReservationId reservation, Caller caller) {
        return documents
                .find(reservation)
                .filter(found -> caller.maySee(found.tenant()))
                .map(found -> found.to(caller))
                .orElseThrow(() -> new NotFound("reservation", reservation));
    }

    private ResponseEntity<ReservationView> shown(UUID step, Reservation decided) {
        var view = ReservationViews.of(answers.to(step, decided));
        return ResponseEntity.ok().eTag(view.eTag()).body(view);
    }
}
