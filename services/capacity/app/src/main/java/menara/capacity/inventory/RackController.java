package menara.capacity.inventory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import menara.capacity.campus.Timeline;
import menara.capacity.inventory.InventoryCommands.RegisterRacks;
import menara.eventstore.spring.Commands;
import menara.platform.documents.Paging;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.refusals.InvalidField;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The inventory over HTTP. */
@RestController
@RequestMapping("/api/capacity/racks")
class RackController {

    private final RackReadModel documents;
    private final Commands commands;
    private final Clock clock;

    RackController(RackReadModel documents, Commands commands, Clock clock) {
        this.documents = documents;
        this.commands = commands;
        this.clock = clock;
    }

    /** @param racks at most 5,000, each judged on its own */
    record ImportRequest(List<RackLine> racks) {}

    @PostMapping
    @Idempotent
    ImportResult install(@RequestBody ImportRequest request) {
        int count = request.racks().size();
        if (count < 1 || count > RegisterRacks.MAX_RACKS) {
            throw new InvalidField("racks", "must be 1 to %d racks, were %d".formatted(RegisterRacks.MAX_RACKS, count));
        }
        return commands.send(new RegisterRacks(request.racks(), Timeline.now(clock)), ImportResult.class);
    }

    @GetMapping
    Page<RackView> list(
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<NodeId> hall) {
        return documents.page(Paging.of(limit, cursor), hall);
    }
}
