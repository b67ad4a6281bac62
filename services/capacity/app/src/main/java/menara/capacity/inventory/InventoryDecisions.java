package menara.capacity.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.inventory.ImportResult.RejectedRack;
import menara.capacity.inventory.InventoryCommands.RegisterRacks;
import menara.capacity.layout.RackRegistered;
import menara.values.Power;

/** The rules of the inventory. Pure. */
public final class InventoryDecisions {

    /** A sanity limit, some fourteen times an NVL72 rack. */
    public static final int MAX_GPUS_PER_RACK = 1_024;

    public static final int MAX_MODEL_LENGTH = 80;

    private InventoryDecisions() {}

    /** The events to append, and the answer. */
    record Decided(List<CampusEvent> events, ImportResult result) {}

    static Decided decide(RegisterRacks command, Campus layout) {
        var events = new ArrayList<CampusEvent>();
        var rejected = new ArrayList<RejectedRack>();
        int unchanged = 0;
        // The state is folded after each rack, so that a rack named twice in one batch is judged like one imported
        // before.
        var known = layout;
        for (int index = 0; index < command.racks().size(); index++) {
            var line = command.racks().get(index);
            var installed = known.rack(line.rack());
            if (installed.filter(rack -> isSame(line, rack)).isPresent()) {
                unchanged++;
                continue;
            }
            var objection = objection(line, installed, known);
            if (objection.isPresent()) {
                rejected.add(new RejectedRack(index, line.rack(), objection.get()));
                continue;
            }
            var event = new RackRegistered(
                    line.rack(),
                    line.hall(),
                    known.hall(line.hall()).orElseThrow().phase(),
                    line.gpus(),
                    line.model(),
                    line.plannedPower(),
                    command.at());
            events.add(event);
            known = known.evolve(event);
        }
        return new Decided(events, new ImportResult(events.size(), unchanged, List.copyOf(rejected)));
    }

    private static Optional<String> objection(RackLine line, Optional<Rack> installed, Campus known) {
        if (installed.isPresent()) {
            var rack = installed.get();
            return Optional.of(
                    "rack %s is in the inventory already with other content: hall %s, %d GPUs, model %s, planned power %s"
                            .formatted(rack.rack(), rack.hall(), rack.gpus(), rack.model(), rack.power()));
        }
        if (known.hasNode(line.rack().value())) {
            return Optional.of("another node of the campus is named %s".formatted(line.rack()));
        }
        if (line.gpus() < 0 || line.gpus() > MAX_GPUS_PER_RACK) {
            return Optional.of("gpus must be 0 to %d, was %d".formatted(MAX_GPUS_PER_RACK, line.gpus()));
        }
        if (line.model().isBlank() || line.model().length() > MAX_MODEL_LENGTH) {
            return Optional.of("model must be 1 to %d characters".formatted(MAX_MODEL_LENGTH));
        }
        if (line.plannedPower().equals(Power.ZERO)) {
            return Optional.of("plannedPower must be more than 0 W");
        }
        return known.hall(line.hall())
                .map(hall -> tooHeavy(line, hall))
                .orElseGet(() -> Optional.of("there is no hall %s; register it first".formatted(line.hall())));
    }

    private static Optional<String> tooHeavy(RackLine line, Hall hall) {
        return line.plannedPower().compareTo(hall.limit()) > 0
                ? Optional.of("plannedPower %s is more than the %s that hall %s carries"
                        .formatted(line.plannedPower(), hall.limit(), hall.hall()))
                : Optional.empty();
    }

    private static boolean isSame(RackLine line, Rack rack) {
        return rack.hall().equals(line.hall())
                && rack.gpus() == line.gpus()
                && rack.model().equals(line.model())
                && rack.power().equals(line.plannedPower());
    }
}
