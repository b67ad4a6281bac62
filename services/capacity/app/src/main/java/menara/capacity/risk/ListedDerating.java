package menara.capacity.risk;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.deratings.DeratingCause;
import menara.values.NodeId;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/**
 * A derating of a node, present or past.
 *
 * @param until first instant with the power again; null if that is not known
 * @param active whether it takes power away now
 */
record ListedDerating(
        UUID derating,
        NodeId node,
        DeratingCause cause,
        Power lost,
        Instant from,
        @Nullable Instant until,
        String reason,
        boolean active) {}
