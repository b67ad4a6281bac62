package menara.operations.incidents;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.spring.Commands;
import menara.operations.incidents.IncidentCommands.CorrectIncident;
import menara.operations.incidents.IncidentCommands.OpenIncident;
import menara.operations.incidents.IncidentCommands.ResolveIncident;
import menara.operations.racks.RackRegister;
import menara.platform.documents.Paging;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.IncidentId;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents over HTTP. */
@RestController
@RequestMapping("/api/operations/incidents")
class IncidentController {

    private final IncidentReadModel readModel;
    private final TenantIncidents ofTenant;
    private final RackRegister racks;
    private final Commands commands;
    private final IdFactory ids;
    private final Clock clock;

    IncidentController(
            IncidentReadModel readModel,
            TenantIncidents ofTenant,
            RackRegister racks,
            Commands commands,
            IdFactory ids,
            Clock clock) {
        this.readModel = readModel;
        this.ofTenant = ofTenant;
        this.racks = racks;
        this.commands = commands;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param kind what does not work: power, cooling, network, hardware, software or other; affected tenants see it
     * @param title one line, internal: tenants cannot read it
     * @param severity 1 (worst) to 4
     * @param racks registered racks that are down
     * @param startedAt when the outage began
     */
    record OpenRequest(IncidentKind kind, String title, int severity, List<RackId> racks, Instant startedAt) {}

    /** @param resolvedAt first instant at which the racks worked again */
    record ResolveRequest(Instant resolvedAt) {}

    /**
     * @param racks registered racks that really were down
     * @param startedAt when the outage really began
     * @param resolvedAt when it really ended
     * @param reason why it is corrected, internal: tenants cannot read it
     */
    record CorrectRequest(List<RackId> racks, Instant startedAt, Instant resolvedAt, String reason) {}

    @PostMapping
    @Idempotent
    ResponseEntity<IncidentView> open(@RequestBody OpenRequest request) {
        requireKnown(request.racks());
        var id = new IncidentId(ids.next());
        var opened = commands.send(
                new OpenIncident(
                        id,
                        request.kind(),
                        request.title(),
                        request.severity(),
                        request.racks(),
                        request.startedAt(),
                        clock.instant()),
                Incident.class);
        return ResponseEntity.created(URI.create("/api/operations/incidents/" + id))
                .body(IncidentView.of(id, opened.opened()));
    }

    @PostMapping("/{incident}/resolution")
    @Idempotent
    IncidentView resolve(@PathVariable IncidentId incident, @RequestBody ResolveRequest request) {
        var step = ids.next();
        return send(incident, step, new ResolveIncident(incident, request.resolvedAt(), step, clock.instant()));
    }

    @PostMapping("/{incident}/correction")
    @Idempotent
    IncidentView correct(@PathVariable IncidentId incident, @RequestBody CorrectRequest request, Caller caller) {
        requireKnown(request.racks());
        var step = ids.next();
        return send(
                incident,
                step,
                new CorrectIncident(
                        incident,
                        request.racks(),
                        request.startedAt(),
                        request.resolvedAt(),
                        request.reason(),
                        caller.name(),
                        step,
                        clock.instant()));
    }

    /** The newest first; {@code from} and {@code until} select those whose racks were down at some time in between. */
    @GetMapping
    Page<IncidentView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> state,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            Caller caller) {
        var paging = Paging.of(limit, cursor);
        var filter = new IncidentFilter(state, from, until);
        var found = caller.seesAll()
                ? readModel.page(paging.after(), paging.probe(), filter)
                : caller.tenant()
                        .map(tenant -> ofTenant.page(tenant, paging.after(), paging.probe(), filter))
                        .orElse(List.of());
        return paging.page(found, IncidentView::order);
    }

    @GetMapping("/{incident}")
    IncidentView find(@PathVariable IncidentId incident, Caller caller) {
        var found = caller.seesAll()
                ? readModel.find(incident).map(IncidentView::of)
                : caller.tenant().flatMap(tenant -> ofTenant.find(tenant, incident));
        return found.orElseThrow(() -> new NotFound("incident", incident));
    }

    private IncidentView send(IncidentId id, UUID step, IncidentCommands command) {
        return IncidentView.of(id, commands.send(command, Incident.class).after(step));
    }

    private void requireKnown(List<RackId> asked) {
        var unknown = asked.size() > IncidentDecisions.MAX_RACKS ? List.<RackId>of() : racks.unknown(asked);
        if (!unknown.isEmpty()) {
            throw new InvalidField(
                    "racks[%d]".formatted(asked.indexOf(unknown.getFirst())),
                    "no rack %s is registered".formatted(unknown.getFirst()));
        }
    }
}
