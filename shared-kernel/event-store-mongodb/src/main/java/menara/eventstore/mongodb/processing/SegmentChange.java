package menara.eventstore.mongodb.processing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one unit of work to the segments of a processor: split and merge remove and add segments, and only together they leave
 * each event with one segment. They are collected first, then written in an order in which a crash at any point also leaves each event with
 * one segment.
 *
 * <p>That order relies on a rule: of two stored segments that overlap, the wider one counts.
 */
final class SegmentChange {

    static final ResourceKey<Map<String, SegmentChange>> IN_WORK = ResourceKey.withLabel("segmentChanges");

    private final Set<Integer> removed = new TreeSet<>();
    private final Map<Segment, TrackingTokenOrNone> added = new LinkedHashMap<>();

    /** Stands for a missing token, because a map cannot hold null. */
    record TrackingTokenOrNone(@Nullable TrackingToken token) {}

    void remove(int segment) {
        removed.add(segment);
    }

    void add(Segment segment, @Nullable TrackingToken token) {
        added.put(segment, new TrackingTokenOrNone(token));
    }

    boolean concerns(int segment) {
        return removed.contains(segment) || added.keySet().stream().anyMatch(other -> other.getSegmentId() == segment);
    }

    /** Where the parts of the change are written. */
    interface Writes {

        /** A segment that is still covered by another one, and so does not count yet. */
        void put(Segment segment, @Nullable TrackingToken token);

        /**
         * Changes the width of a stored segment: segments that it no longer covers count from now on, and segments that it covers do not.
         */
        void reshape(Segment segment, @Nullable TrackingToken token);

        void delete(int segment);
    }

    void apply(Writes writes) {
        var reshaped = new ArrayList<Segment>();
        var left = new TreeSet<>(removed);
        for (var segment : added.keySet()) {
            if (left.remove(segment.getSegmentId())) {
                reshaped.add(segment);
            } else {
                writes.put(segment, tokenOf(segment));
            }
        }
        reshaped.forEach(segment -> writes.reshape(segment, tokenOf(segment)));
        left.forEach(writes::delete);
    }

    private @Nullable TrackingToken tokenOf(Segment segment) {
        var found = added.get(segment);
        return found == null ? null : found.token();
    }

    static Map<String, SegmentChange> none() {
        return new HashMap<>();
    }

    /** The stored segments that count. */
    static <S> List<S> counting(List<S> stored, Function<S, Segment> segment) {
        return stored.stream()
                .filter(one -> stored.stream().noneMatch(other -> isWider(segment.apply(other), segment.apply(one))))
                .toList();
    }

    private static boolean isWider(Segment wide, Segment narrow) {
        return wide.getMask() != narrow.getMask()
                && (wide.getMask() & narrow.getMask()) == wide.getMask()
                && (narrow.getSegmentId() & wide.getMask()) == wide.getSegmentId();
    }
}
