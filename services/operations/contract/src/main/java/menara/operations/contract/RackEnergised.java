package menara.operations.contract;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.PublishedEvent;
import menara.values.RackId;

/**
 * A rack was energised and accepted.
 *
 * @param rack the rack
 * @param hall the hall it stands in
 * @param phase the phase it belongs to
 * @param gpus GPUs accepted with it
 * @param energisedAt when it was energised
 * @param at when that was recorded
 */
@PublishedEvent(namespace = "menara.operations", name = "RackEnergised", version = "1")
public record RackEnergised(RackId rack, NodeId hall, PhaseId phase, int gpus, Instant energisedAt, Instant at) {}
