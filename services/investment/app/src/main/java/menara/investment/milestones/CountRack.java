package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import menara.values.RackId;

/** Count an energised rack towards the milestones of its phase. */
record CountRack(RackId rack, PhaseId phase, int gpus, Instant energisedAt) {}
