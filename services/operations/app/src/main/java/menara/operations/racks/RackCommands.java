package menara.operations.racks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.NodeId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What operators report about racks. */
sealed interface RackCommands {

    /**
     * Racks of one hall have power.
     *
     * @param hall the hall
     * @param racks registered racks of that hall
     * @param energisedAt when they got power
     * @param step which step this is
     * @param at now
     */
    record EnergiseRacks(@TargetEntityId NodeId hall, List<Rack> racks, Instant energisedAt, UUID step, Instant at)
            implements RackCommands {}
}
