package menara.capacity.envelope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.envelope.EnvelopeDocuments.Promise;
import menara.capacity.envelope.EnvelopeView.Node;
import menara.capacity.events.CampusEvent;
import menara.values.NodeId;
import menara.values.Power;

/** Adds up, node by node, what is there and what is promised at one instant. Pure. */
final class EnvelopeQuery {

    private static final NodeId SITE = new NodeId(CampusEvent.Tags.CAMPUS);

    private EnvelopeQuery() {}

    static EnvelopeView at(
            Instant at, Instant asOf, List<PhaseView> phases, List<HallView> halls, List<Promise> promises) {
        var committed = new HashMap<String, Power>();
        for (Promise promise : promises) {
            committed.merge(SITE.value(), promise.power(), Power::plus);
            committed.merge(promise.phase().value(), promise.power(), Power::plus);
            committed.merge(promise.hall().value(), promise.power(), Power::plus);
        }
        var nodes = new ArrayList<Node>();
        var released = Power.ZERO;
        Map<String, Power> freeOfPhase = new HashMap<>();
        for (PhaseView phase : phases) {
            var limit = released(phase, at, asOf);
            released = released.plus(limit);
            var promised = committed.getOrDefault(phase.phase().value(), Power.ZERO);
            var free = left(limit, promised);
            freeOfPhase.put(phase.phase().value(), free);
            nodes.add(new Node(new NodeId(phase.phase().value()), "phase", SITE, limit, promised, free));
        }
        for (HallView hall : halls) {
            var phase = hall.phase().value();
            var promised = committed.getOrDefault(hall.hall().value(), Power.ZERO);
            var free = left(hall.limit(), promised).min(freeOfPhase.getOrDefault(phase, Power.ZERO));
            nodes.add(new Node(hall.hall(), "hall", new NodeId(phase), hall.limit(), promised, free));
        }
        var promised = committed.getOrDefault(SITE.value(), Power.ZERO);
        nodes.addFirst(new Node(SITE, "site", null, released, promised, left(released, promised)));
        return new EnvelopeView(at, asOf, nodes);
    }

    private static Power released(PhaseView phase, Instant at, Instant asOf) {
        return phase.commissionings().stream()
                .filter(release -> !release.at().isAfter(at))
                .filter(release -> !release.recordedAt().isAfter(asOf))
                .map(PhaseView.Commissioning::power)
                .reduce(Power.ZERO, Power::plus);
    }

    private static Power left(Power limit, Power committed) {
        return limit.minus(committed.min(limit));
    }
}
