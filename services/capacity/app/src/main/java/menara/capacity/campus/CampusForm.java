package menara.capacity.campus;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.capacity.boundary.Boundary;
import menara.eventstore.spring.PackedJson;
import menara.eventstore.spring.StateForm;
import menara.values.NodeId;
import menara.values.RackId;

/**
 * A campus as stored in its snapshot: lists in a fixed order, so that equal campuses give equal bytes.
 *
 * @param phases by name
 * @param halls by name
 * @param standing the hall of each rack, by the racks' names
 * @param powerTree by name
 * @param connected whether any rack hangs on a power tree
 * @param deratings by id
 * @param steps the newest last
 */
record CampusForm(
        List<Phase> phases,
        List<Hall> halls,
        SortedMap<String, NodeId> standing,
        List<PowerNodeState> powerTree,
        boolean connected,
        List<Derating> deratings,
        List<UUID> steps) {

    static StateForm<Boundary, Campus> of(String revision) {
        return new PackedJson<>(
                revision, Boundary::name, SnapshotJson.MAPPER, CampusForm.class, CampusForm::of, CampusForm::campus);
    }

    private static CampusForm of(Campus campus) {
        var standing = new TreeMap<String, NodeId>();
        campus.directory()
                .buckets()
                .forEach(bucket -> bucket.forEach((rack, hall) -> standing.put(rack.value(), hall)));
        return new CampusForm(
                List.copyOf(campus.phases().values()),
                List.copyOf(campus.halls().values()),
                standing,
                campus.powerTree().all(),
                campus.connected(),
                List.copyOf(campus.deratings().values()),
                List.copyOf(campus.steps()));
    }

    private Campus campus() {
        var directory = RackDirectory.EMPTY;
        for (var entry : standing.entrySet()) {
            directory = directory.plus(new RackId(entry.getKey()), entry.getValue());
        }
        Map<String, PowerNodeState> nodes = powerTree.stream()
                .collect(Collectors.toMap(powerNode -> powerNode.node().node().value(), Function.identity()));
        return new Campus(
                by(phase -> phase.phase().value(), phases),
                by(
                        hall -> hall.hall().value(),
                        halls.stream().map(CampusForm::unmodifiable).toList()),
                directory,
                new PowerTree(Buckets.<PowerNodeState>empty().changed(nodes, (_, powerNode) -> powerNode)),
                connected,
                by(Derating::derating, deratings),
                Collections.unmodifiableSequencedSet(new LinkedHashSet<>(steps)));
    }

    private static Hall unmodifiable(Hall hall) {
        return new Hall(
                hall.hall(), hall.phase(), hall.limit(), hall.registeredAt(), hall.free(), List.copyOf(hall.racks()));
    }

    private static <K, V> SortedMap<K, V> by(Function<V, K> key, List<V> values) {
        var map = new TreeMap<K, V>();
        values.forEach(value -> map.put(key.apply(value), value));
        return Collections.unmodifiableSortedMap(map);
    }
}
