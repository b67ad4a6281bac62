package menara.capacity.reservation;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.capacity.campus.Timeline;
import menara.capacity.documents.Paging;
import menara.platform.eventsourcing.Commands;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.Page;
import menara.platform.web.RuleViolated;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
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

    private final ReservationDocuments documents;
    private final Commands commands;
    private final IdFactory ids;
    private final Clock clock;

    ReservationController(ReservationDocuments documents, Commands commands, IdFactory ids, Clock clock) {
        this.documents = documents;
        this.commands = commands;
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

    /** @param at first instant at which the racks are free */
    record EndRequest(Instant at) {}

    @PostMapping
    @Idempotent
    ResponseEntity<ReservationView> request(@RequestBody ReservationRequest request, Caller caller) {
        var own = caller.tenant();
        if (caller.is(Role.TENANT) && !own.equals(Optional.of(request.tenant()))) {
            throw new InvalidField("tenant", "a tenant asks for itself only");
        }
        var requested = ReservationViews.of(commands.send(
                new RequestReservation(
                        new ReservationId(ids.next()),
                        request.contract(),
                        request.tenant(),
                        Timeline.checked("period", request.period()),
                        request.racks().demand(),
                        Timeline.now(clock)),
                Reservation.class));
        return ResponseEntity.created(URI.create("/api/capacity/reservations/" + requested.reservation()))
                .eTag(requested.eTag())
                .body(requested);
    }

    @PostMapping("/{reservation}/confirmation")
    @Idempotent
    ResponseEntity<ReservationView> confirm(@PathVariable ReservationId reservation) {
        var decided = commands.send(new ConfirmReservation(reservation, Timeline.now(clock)), Reservation.class);
        if (decided instanceof Reservation.Rejected rejected) {
            // The rejection is stored; the caller hears it as the refusal it is.
            throw new RuleViolated(rejected.rule(), rejected.reason());
        }
        return shown(decided);
    }

    @PostMapping("/{reservation}/activation")
    @Idempotent
    ResponseEntity<ReservationView> activate(@PathVariable ReservationId reservation) {
        return shown(commands.send(new ActivateReservation(reservation, Timeline.now(clock)), Reservation.class));
    }

    @PostMapping("/{reservation}/end")
    @Idempotent
    ResponseEntity<ReservationView> end(@PathVariable ReservationId reservation, @RequestBody EndRequest request) {
        return shown(commands.send(
                new EndReservation(reservation, Timeline.checked("at", request.at()), Timeline.now(clock)),
                Reservation.class));
    }

    @GetMapping
    Page<ReservationView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<ContractId> contract,
            @RequestParam Optional<String> state,
            Caller caller) {
        var wanted = state.map(shown -> ReservationState.of(shown)
                .orElseThrow(
                        () -> new InvalidField("state", "must be requested, confirmed, rejected, active or ended")));
        var paging = Paging.of(limit, cursor);
        if (caller.is(Role.TENANT) && caller.tenant().isEmpty()) {
            return new Page<>(List.of(), null); // a tenant without an organization owns nothing
        }
        return documents.page(paging, caller.tenant(), contract, wanted);
    }

    @GetMapping("/{reservation}")
    ResponseEntity<ReservationView> find(@PathVariable ReservationId reservation, Caller caller) {
        var view = documents
                .find(reservation)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("reservation", reservation));
        return ResponseEntity.ok().eTag(view.eTag()).body(view);
    }

    private static ResponseEntity<ReservationView> shown(Reservation decided) {
        var view = ReservationViews.of(decided);
        return ResponseEntity.ok().eTag(view.eTag()).body(view);
    }
}
