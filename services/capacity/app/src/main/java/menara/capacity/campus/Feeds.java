package menara.capacity.campus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import menara.capacity.events.PowerNode;
import menara.values.NodeId;

/** The power tree by name. Immutable; a change copies the small buckets it touches, so a tree of thousands is changed quickly. */
public record Feeds(List<Map<String, Feed>> buckets) {

    /** A power of two. Some twenty-five nodes in each when the campus is complete. */
    private static final int BUCKETS = 256;

    static final Feeds NONE =
            new Feeds(Stream.generate(Map::<String, Feed>of).limit(BUCKETS).toList());

    public Optional<Feed> feed(String name) {
        return Optional.ofNullable(buckets.get(bucket(name)).get(name));
    }

    /** All nodes, by name. */
    public List<Feed> all() {
        return buckets.stream()
                .flatMap(bucket -> bucket.values().stream())
                .sorted(Comparator.comparing(feed -> feed.node().node().value()))
                .toList();
    }

    public boolean isEmpty() {
        return buckets.stream().allMatch(Map::isEmpty);
    }

    /** Those names and all nodes above them, each once. A node that is not there stands for itself. */
    List<String> above(Collection<NodeId> names) {
        var path = new LinkedHashSet<String>();
        for (NodeId name : names) {
            feed(name.value()).ifPresentOrElse(feed -> path.addAll(feed.path()), () -> path.add(name.value()));
        }
        return List.copyOf(path);
    }

    Feeds plus(PowerNode node) {
        var path = new ArrayList<>(List.of(node.node().value()));
        path.addAll(above(node.fedBy()));
        var feed = new Feed(node, path, Headroom.of(node.rating().limit()));
        var copies = new ArrayList<>(buckets);
        int index = bucket(node.node().value());
        var bucket = new HashMap<>(copies.get(index));
        bucket.put(node.node().value(), feed);
        copies.set(index, bucket);
        return new Feeds(Collections.unmodifiableList(copies));
    }

    /** Changes what is free at some nodes, by an amount for each. */
    <T> Feeds with(Map<String, T> amounts, BiFunction<Headroom, T, Headroom> change) {
        if (amounts.isEmpty()) {
            return this;
        }
        var copies = new ArrayList<>(buckets);
        amounts.forEach((name, amount) -> {
            int index = bucket(name);
            var feed = copies.get(index).get(name);
            if (feed != null) {
                var bucket = new HashMap<>(copies.get(index));
                bucket.put(name, feed.with(change.apply(feed.free(), amount)));
                copies.set(index, bucket);
            }
        });
        return new Feeds(Collections.unmodifiableList(copies));
    }

    private static int bucket(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
    }
}
