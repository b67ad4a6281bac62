package menara.operations.racks;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * A rack as this service knows it.
 *
 * @param rack its name on the floor plan
 * @param hall the hall it stands in
 * @param phase the phase it belongs to
 * @param gpus GPUs in it
 * @param energisedAt when it was energised, null while it is dark
 */
record Rack(
        RackId rack,
        NodeId hall,
        PhaseId phase,
        int gpus,
        @Nullable Instant energisedAt) {}
