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
 * @param nodes the site, then the phases, then the halls, each by name
 */
record EnvelopeView(Instant at, Instant asOf, List<Node> nodes) {

    /**
     * @param kind site, phase or hall
     * @param parent the node that feeds it; null for the site
     * @param limit power it carries: what is released, for a phase and the site
     * @param committed power promised to reservations at the instant
     * @param free what can still be promised at the instant: the least of what is left here and at every node above
     */
    record Node(NodeId node, String kind, @Nullable NodeId parent, Power limit, Power committed, Power free) {}
}
