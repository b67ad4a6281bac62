package menara.capacity.campus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import menara.values.NodeId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/** Which hall a rack stands in. Immutable; adding a rack copies one small bucket, so an import of thousands stays quick. */
record RackDirectory(List<Map<RackId, NodeId>> buckets) {

    /** A power of two. About twenty racks in each when the campus is complete. */
    private static final int BUCKETS = 256;

    static final RackDirectory EMPTY = new RackDirectory(
            Stream.generate(Map::<RackId, NodeId>of).limit(BUCKETS).toList());

    @Nullable
    NodeId hallOf(RackId rack) {
        return buckets.get(bucket(rack)).get(rack);
    }

    RackDirectory plus(RackId rack, NodeId hall) {
        int index = bucket(rack);
        var bucket = new HashMap<>(buckets.get(index));
        bucket.put(rack, hall);
        var copies = new ArrayList<>(buckets);
        copies.set(index, bucket);
        return new RackDirectory(Collections.unmodifiableList(copies));
    }

    private static int bucket(RackId rack) {
        int hash = rack.value().hashCode();
        return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
    }
}
