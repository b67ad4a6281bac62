package menara.capacity.envelope;

import java.time.Instant;
import java.util.List;
import menara.values.NodeId;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/**
 * The envelope at an instant.
 *
 * @param at the instant it is about
 * @param asOf the instant at which it was known so
 * @param nodes the site, then the phases, then the halls, then the power tree from the grid down and cooling, each by name
 */
record EnvelopeView(Instant at, Instant asOf, List<Node> nodes) {

    /**
     * @param kind site, phase, hall, or the kind of the node of the power tree
     * @param parent the node that feeds it, the first one if there are several; null if there is none
     * @param limit power it was built for: what is released, for a phase and the site
     * @param committed power committed to reservations at the instant
     * @param free what can still be committed at the instant: the least of what is left here and at every node above
     * @param derated what is lost of the limit at the instant, or held back
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
