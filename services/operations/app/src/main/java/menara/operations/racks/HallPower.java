package menara.operations.racks;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import menara.values.RackId;

/**
 * The racks of one hall that have power.
 *
 * @param energised all racks energised so far, each with the step that did it
 */
record HallPower(Map<RackId, UUID> energised) {

    static final HallPower DARK = new HallPower(Map.of());

    HallPower evolve(RackEvent event) {
        return switch (event) {
            case RackEnergised energised -> with(energised);
        };
    }

    boolean took(UUID step) {
        return energised.containsValue(step);
    }

    private HallPower with(RackEnergised event) {
        var racks = new HashMap<>(energised);
        racks.put(event.rack(), event.step());
        return new HallPower(Map.copyOf(racks));
    }
}
