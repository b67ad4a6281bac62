package menara.capacity.campus;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import menara.capacity.campus.Phase.Release;
import menara.capacity.events.CampusEvent;
import menara.capacity.events.HallRegistered;
import menara.capacity.events.PhasePlanned;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RackInstalled;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationSealed;
import menara.capacity.events.Share;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/**
 * The campus as far as a {@link Boundary} shows it. An immutable value: a change copies what changes and shares the rest.
 *
 * @param phases by name
 * @param halls by name, the order of placement
 * @param directory which hall each rack stands in
 */
public record Campus(SortedMap<String, Phase> phases, SortedMap<String, Hall> halls, RackDirectory directory) {

    public static final Campus EMPTY =
            new Campus(Collections.emptySortedMap(), Collections.emptySortedMap(), RackDirectory.EMPTY);

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

    /** Whether a phase, a hall or a rack has this name: all are nodes of one tree, and a refusal names nodes. */
    public boolean hasNode(String name) {
        return phases.containsKey(name) || halls.containsKey(name) || directory.hallOf(new RackId(name)) != null;
    }

    /** Folds what happened. It never rejects; an event about a node outside the boundary changes nothing. */
    public Campus evolve(CampusEvent event) {
        return switch (event) {
            case PhasePlanned e ->
                withPhase(new Phase(
                        e.phase(), e.name(), e.planned(), e.plannedFrom(), List.of(), Headroom.of(Power.ZERO)));
            case PowerReleased e ->
                phase(e.phase())
                        .map(phase ->
                                withPhase(phase.plus(new Release(e.release(), e.released(), e.effectiveAt(), e.at()))))
                        .orElse(this);
            case HallRegistered e ->
                withHall(new Hall(e.hall(), e.phase(), e.limit(), e.at(), Headroom.of(e.limit()), List.of()));
            case RackInstalled e ->
                hall(e.hall())
                        .map(hall -> withHall(hall.plus(new Rack(
                                        e.rack(),
                                        e.hall(),
                                        e.phase(),
                                        e.gpus(),
                                        e.model(),
                                        e.plannedPower(),
                                        Occupancy.FREE)))
                                .indexed(e.rack(), e.hall()))
                        .orElse(this);
            case ReservationSealed e -> {
                var next = this;
                for (Share share : e.shares()) {
                    next = next.with(
                            share, free -> free.takenFor(e.period(), share.power()), taken -> taken.plus(e.period()));
                }
                yield next;
            }
            case RacksReturned e -> {
                var next = this;
                for (Share share : e.shares()) {
                    next = next.with(
                            share,
                            free -> free.givenBack(e.endedAt(), e.period().until(), share.power()),
                            taken -> taken.endedAt(e.period(), e.endedAt()));
                }
                yield next;
            }
        };
    }

    private Campus with(Share share, UnaryOperator<Headroom> power, UnaryOperator<Occupancy> racks) {
        var next = phase(share.phase())
                .map(phase -> withPhase(phase.with(power.apply(phase.free()))))
                .orElse(this);
        return next.hall(share.hall())
                .map(hall -> next.withHall(hall.with(power.apply(hall.free()), share.racks(), racks)))
                .orElse(next);
    }

    private Campus withPhase(Phase phase) {
        return new Campus(copyWith(phases, phase.phase().value(), phase), halls, directory);
    }

    private Campus withHall(Hall hall) {
        return new Campus(phases, copyWith(halls, hall.hall().value(), hall), directory);
    }

    private Campus indexed(RackId rack, NodeId hall) {
        return new Campus(phases, halls, directory.plus(rack, hall));
    }

    private static <V> SortedMap<String, V> copyWith(Map<String, V> map, String key, V value) {
        var copy = new TreeMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableSortedMap(copy);
    }
}
