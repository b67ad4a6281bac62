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
 * What one unit of work changes about the segments of a processor: split and merge take away and add, and only all of it together leaves
 * each event with one segment. Collected first, then written in an order in which a crash at any point leaves each event with one as well.
 *
 * <p>That order rests on a rule about what is stored: of two segments that overlap, the wider one counts.
 */
final class SegmentChange {

    static final ResourceKey<Map<String, SegmentChange>> IN_WORK = ResourceKey.withLabel("segmentChanges");

    private final Set<Integer> removed = new TreeSet<>();
    private final Map<Segment, TrackingTokenOrNone> added = new LinkedHashMap<>();

    /** A map cannot hold that there is no token yet. */
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

        /** Gives a stored segment another width: from now on those count that it does not cover any more, and those not that it covers. */
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

    /** Those of the stored segments that count. */
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
