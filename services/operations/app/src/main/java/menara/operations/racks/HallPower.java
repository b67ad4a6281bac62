package menara.operations.racks;

import java.util.HashSet;
import java.util.Set;
import menara.values.RackId;

/**
 * The racks of one hall that have power.
 *
 * @param energised all racks energised so far
 */
record HallPower(Set<RackId> energised) {

    static final HallPower DARK = new HallPower(Set.of());

    HallPower evolve(RackEvent event) {
        return switch (event) {
            case RackPoweredUp poweredUp -> with(poweredUp.rack());
        };
    }

    private HallPower with(RackId rack) {
        var racks = new HashSet<>(energised);
        racks.add(rack);
        return new HallPower(Set.copyOf(racks));
    }
}
