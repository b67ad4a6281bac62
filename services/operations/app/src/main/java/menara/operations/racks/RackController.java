package menara.operations.racks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.eventstore.spring.Commands;
import menara.operations.racks.RackCommands.EnergiseRacks;
import menara.platform.documents.Paging;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.RackId;
import menara.values.refusals.NotFound;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Racks over HTTP. */
@RestController
@RequestMapping("/api/operations")
class RackController {

    private final RackReadModel readModel;
    private final Commands commands;
    private final IdFactory ids;
    private final Clock clock;

    RackController(RackReadModel readModel, Commands commands, IdFactory ids, Clock clock) {
        this.readModel = readModel;
        this.commands = commands;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param energisedAt when the racks got power */
    record EnergiseRequest(Instant energisedAt) {}

    @GetMapping("/racks")
    Page<Rack> racks(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        return readModel.page(Paging.of(limit, cursor));
    }

    @PostMapping("/racks/{rack}/energisation")
    @Idempotent
    EnergisationResult energiseRack(@PathVariable RackId rack, @RequestBody EnergiseRequest request) {
        var known = readModel.find(rack).orElseThrow(() -> new NotFound("rack", rack));
        return energise(known.hall(), List.of(known), request);
    }

    @PostMapping("/halls/{hall}/energisation")
    @Idempotent
    EnergisationResult energiseHall(@PathVariable NodeId hall, @RequestBody EnergiseRequest request) {
        var racks = readModel.inHall(hall);
        if (racks.isEmpty()) {
            throw new NotFound("hall with racks", hall);
        }
        return energise(hall, racks, request);
    }

    private EnergisationResult energise(NodeId hall, List<Rack> racks, EnergiseRequest request) {
        var command = new EnergiseRacks(hall, racks, request.energisedAt(), ids.next(), clock.instant());
        return commands.send(command, EnergisationResult.class);
    }
}
