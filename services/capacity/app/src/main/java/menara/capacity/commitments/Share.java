package menara.capacity.commitments;

import java.util.List;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/**
 * The racks that a reservation takes of one hall, and their power.
 *
 * @param hall the hall
 * @param phase the phase that feeds it
 * @param racks the racks taken there, by name
 * @param power planned power of those racks, in watts
 */
public record Share(NodeId hall, PhaseId phase, List<RackId> racks, Power power) {

    public Share {
        racks = List.copyOf(racks);
    }

    /** Names of all nodes with a limit that the shares draw on, as tagged on the event. */
    static List<String> nodes(List<Share> shares) {
        return shares.stream()
                .flatMap(share -> List.of(share.phase().value(), share.hall().value()).stream())
                .distinct()
                .toList();
    }
}
