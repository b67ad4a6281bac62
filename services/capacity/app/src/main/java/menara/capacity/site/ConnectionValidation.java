package menara.capacity.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import org.jspecify.annotations.Nullable;

/** Whether a rack can be connected to its named nodes. Pure. */
final class ConnectionValidation {

    private ConnectionValidation() {}

    static List<SiteError> errors(String field, RackEntry rack, SiteIndex all) {
        var errors = new ArrayList<SiteError>();
        error(rack, "feed", rack.feedA(), all).ifPresent(detail -> errors.add(new SiteError(field + ".feedA", detail)));
        error(rack, "feed", rack.feedB(), all).ifPresent(detail -> errors.add(new SiteError(field + ".feedB", detail)));
        error(rack, "cooling", rack.cooledBy(), all)
                .ifPresent(detail -> errors.add(new SiteError(field + ".cooledBy", detail)));
        var feedB = rack.feedB();
        if (feedB != null && rack.feedA() == null) {
            errors.add(new SiteError(field + ".feedA", "rack %s has a feed B and no feed A".formatted(rack.rack())));
        }
        if (feedB != null && feedB.equals(rack.feedA())) {
            errors.add(new SiteError(
                    field + ".feedB", "rack %s has %s as both feeds; one may fail".formatted(rack.rack(), feedB)));
        }
        return errors;
    }

    private static Optional<String> error(RackEntry rack, String wanted, @Nullable NodeId name, SiteIndex all) {
        return name == null
                ? Optional.empty()
                : all.powerNode(name)
                        .map(node -> unfit(rack, wanted, node))
                        .orElseGet(() ->
                                Optional.of("rack %s is an orphan: there is no node %s".formatted(rack.rack(), name)));
    }

    private static Optional<String> unfit(RackEntry rack, String wanted, PowerNode node) {
        boolean cools = node.kind() == NodeKind.COOLING;
        if (cools != wanted.equals("cooling")) {
            return Optional.of("node %s is no %s, it is a %s"
                    .formatted(node.node(), wanted, node.kind().shown()));
        }
        var limit = node.rating().limit();
        return rack.plannedPower().compareTo(limit) > 0
                ? Optional.of("rack %s would draw %s, more than the %s that node %s carries"
                        .formatted(rack.rack(), rack.plannedPower(), limit, node.node()))
                : Optional.empty();
    }
}
