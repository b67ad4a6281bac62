package menara.capacity.envelope;

import java.time.Instant;
import java.util.List;
import menara.values.NodeId;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/**
 * The envelope at an instant.
 *
 * @param at the instant shown
 * @param asOf as-of time
 * @param nodes the site, then the phases, then the halls, then the power tree from the grid down and cooling, each by name
 */
record EnvelopeView(Instant at, Instant asOf, List<Node> nodes) {

    /**
     * @param kind site, phase, hall, or the kind of the node of the power tree
     * @param parent the node that feeds it, the first one if there are several; null if there is none
     * @param limit power it was built for; for a phase and the site the released power
     * @param committed power committed to reservations at the instant
     * @param free power that can still be committed at the instant: the least that is left here and at every node above
     * @param derated power of the limit that is lost or held back at the instant
     */
    record Node(
            NodeId node,
            String kind,
            @Nullable NodeId parent,
            Power limit,
            Power committed,
            Power free,
            Power derated) {}
}
