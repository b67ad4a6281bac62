package menara.capacity.campus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.commitments.Share;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/**
 * The part of the campus within a {@link Boundary}. An immutable value: a change copies what changes and shares the rest.
 *
 * @param phases by name
 * @param halls by name, the order of placement
 * @param directory which hall each rack stands in
 * @param powerTree the power tree above the racks, and cooling; empty if not modelled
 * @param connected whether any rack hangs on a power tree
 * @param deratings deratings by id; of those that are over, the last {@value #REMEMBERED_DERATINGS}
 * @param steps of restorations, postponements and classifications; the last {@value #REMEMBERED}, the newest last
 */
public record Campus(
        SortedMap<String, Phase> phases,
        SortedMap<String, Hall> halls,
        RackDirectory directory,
        PowerTree powerTree,
        boolean connected,
        SortedMap<UUID, Derating> deratings,
        SequencedSet<UUID> steps) {

    /** More steps than are taken in the two weeks in which a request may be repeated (ADR 77). */
    static final int REMEMBERED = 10_000;

    /** Deratings that are over and still kept. Queries about earlier instants read the campus as of then. */
    static final int REMEMBERED_DERATINGS = 1_000;

    public static final Campus EMPTY = new Campus(
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            RackDirectory.EMPTY,
            PowerTree.NONE,
            false,
            Collections.emptySortedMap(),
            Collections.unmodifiableSequencedSet(new LinkedHashSet<>()));

    public Optional<Phase> phase(PhaseId phase) {
        return Optional.ofNullable(phases.get(phase.value()));
    }

    public Optional<Hall> hall(NodeId hall) {
        return Optional.ofNullable(halls.get(hall.value()));
    }

    public Optional<Rack> rack(RackId rack) {
        var hall = directory.hallOf(rack);
        return hall == null ? Optional.empty() : hall(hall).flatMap(found -> found.rack(rack));
    }

    public Optional<PowerNodeState> powerNode(NodeId node) {
        return powerTree.powerNode(node.value());
    }

    /** Whether that step was recorded already, so that the request is a repetition. */
    public boolean took(UUID step) {
        return steps.contains(step);
    }

    /** Whether anything of the campus has this name: all are nodes of one tree, and a refusal names nodes. */
    public boolean hasNode(String name) {
        return phases.containsKey(name)
                || halls.containsKey(name)
                || powerTree.powerNode(name).isPresent()
                || directory.hallOf(new RackId(name)) != null;
    }

    /** Free power at a node with a limit: a phase, a hall, or a node of the power tree. */
    public Headroom free(String node) {
        var phase = phases.get(node);
        if (phase != null) {
            return phase.free();
        }
        var hall = halls.get(node);
        return hall != null
                ? hall.free()
                : powerTree
                        .powerNode(node)
                        .map(PowerNodeState::free)
                        .orElseThrow(() -> new IllegalArgumentException("no node " + node));
    }

    /** All nodes with a limit: phases, halls, then the power tree and cooling, each by name. */
    public List<String> limited() {
        var all = new ArrayList<>(phases.keySet());
        all.addAll(halls.keySet());
        powerTree.all().forEach(powerNode -> all.add(powerNode.node().node().value()));
        return List.copyOf(all);
    }

    /** The power a node was built for, without releases, deratings and commitments. */
    public Power builtFor(String node) {
        var phase = phases.get(node);
        if (phase != null) {
            return phase.planned();
        }
        var hall = halls.get(node);
        return hall != null
                ? hall.limit()
                : powerTree
                        .powerNode(node)
                        .map(powerNode -> powerNode.node().rating().limit())
                        .orElseThrow(() -> new IllegalArgumentException("no node " + node));
    }

    /** The node and the phase and hall it belongs to: the tags of an event about it. A power node may serve several of both. */
    public List<String> tagged(String node) {
        var hall = halls.get(node);
        return hall == null ? List.of(node) : List.of(hall.phase().value(), node);
    }

    /** What people call such a node: phase, hall, or node. */
    public String kindOf(String node) {
        return phases.containsKey(node) ? "phase" : halls.containsKey(node) ? "hall" : "node";
    }

    public Stream<Rack> racks() {
        return halls.values().stream().flatMap(hall -> hall.racks().stream());
    }

    /** Folds what happened. It never rejects; an event about a node outside the boundary changes nothing. */
    public Campus evolve(CampusEvent event) {
        return CampusFold.of(this, event);
    }

    /** As if that rack were committed as well. */
    public Campus drawing(Rack rack, Period period) {
        return with(List.of(new Share(rack.hall(), rack.phase(), List.of(rack.rack()), rack.power())), period);
    }

    /** As if those shares were committed as well. */
    public Campus with(List<Share> shares, Period period) {
        var next = this;
        for (Share share : shares) {
            next = next.with(share, (free, power) -> free.takenFor(period, power), taken -> taken.plus(period));
        }
        return next;
    }

    /** As if those shares were not committed from the beginning of {@code rest} on, which is the end of a commitment. */
    public Campus without(List<Share> shares, Period rest) {
        var next = this;
        for (Share share : shares) {
            next = next.with(
                    share,
                    (free, power) -> free.givenBack(rest.from(), rest.until(), power),
                    taken -> taken.cutAt(rest));
        }
        return next;
    }

    Campus with(Share share, BiFunction<Headroom, Power, Headroom> power, UnaryOperator<Occupancy> occupancy) {
        var next = phase(share.phase())
                .map(phase -> withPhase(phase.with(power.apply(phase.free(), share.power()))))
                .orElse(this);
        return next.hall(share.hall())
                .map(hall -> next.withHall(hall.with(power.apply(hall.free(), share.power()), share.racks(), occupancy))
                        .with(powerTree.with(loads(hall, share), power)))
                .orElse(next);
    }

    /** What a share draws at each node of the power tree. */
    private static Map<String, Power> loads(Hall hall, Share share) {
        var loads = new HashMap<String, Power>();
        for (RackId name : share.racks()) {
            hall.rack(name)
                    .ifPresent(rack -> rack.above().forEach(node -> loads.merge(node, rack.power(), Power::plus)));
        }
        return loads;
    }

    Campus with(String node, UnaryOperator<Headroom> change) {
        var phase = phases.get(node);
        if (phase != null) {
            return withPhase(phase.with(change.apply(phase.free())));
        }
        var hall = halls.get(node);
        return hall != null
                ? withHall(hall.with(change.apply(hall.free())))
                : with(powerTree.with(Map.of(node, change), (free, wanted) -> wanted.apply(free)));
    }

    Campus with(Map<UUID, Derating> changed) {
        var all = new TreeMap<>(deratings);
        all.putAll(changed);
        return new Campus(
                phases, halls, directory, powerTree, connected, Collections.unmodifiableSortedMap(all), steps);
    }

    /**
     * Without the deratings that ended longest ago, as if they had never been, so that free and lost power still agree. Future power does
     * not depend on them.
     *
     * @param stays the derating of the event, which stays
     */
    Campus forgettingOldest(UUID stays, Instant now) {
        var over = deratings.values().stream()
                .filter(derating ->
                        !derating.until().isAfter(now) && !derating.derating().equals(stays))
                .sorted(Comparator.comparing(Derating::until))
                .toList();
        var next = this;
        for (var derating : over.subList(0, Math.max(0, over.size() - REMEMBERED_DERATINGS))) {
            next = next.forgetting(derating);
        }
        return next;
    }

    private Campus forgetting(Derating derating) {
        var next = derating.period()
                .map(period -> with(
                        derating.node().value(),
                        free -> free.givenBack(period.from(), period.until(), derating.lost())))
                .orElse(this);
        var left = new TreeMap<>(next.deratings);
        left.remove(derating.derating());
        return new Campus(
                next.phases,
                next.halls,
                directory,
                next.powerTree,
                connected,
                Collections.unmodifiableSortedMap(left),
                steps);
    }

    Campus with(UUID step) {
        var all = new LinkedHashSet<>(steps);
        all.add(step);
        if (all.size() > REMEMBERED) {
            all.removeFirst();
        }
        return new Campus(
                phases, halls, directory, powerTree, connected, deratings, Collections.unmodifiableSequencedSet(all));
    }

    /** With racks that hang on this power tree. */
    Campus connected(PowerTree loaded) {
        return new Campus(phases, halls, directory, loaded, true, deratings, steps);
    }

    Campus with(PowerTree changed) {
        return new Campus(phases, halls, directory, changed, connected, deratings, steps);
    }

    Campus withPhase(Phase phase) {
        return new Campus(
                copyWith(phases, phase.phase().value(), phase),
                halls,
                directory,
                powerTree,
                connected,
                deratings,
                steps);
    }

    Campus withHall(Hall hall) {
        return new Campus(
                phases, copyWith(halls, hall.hall().value(), hall), directory, powerTree, connected, deratings, steps);
    }

    Campus indexed(RackId rack, NodeId hall) {
        return new Campus(phases, halls, directory.plus(rack, hall), powerTree, connected, deratings, steps);
    }

    private static <V> SortedMap<String, V> copyWith(Map<String, V> map, String key, V value) {
        var copy = new TreeMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableSortedMap(copy);
    }
}
