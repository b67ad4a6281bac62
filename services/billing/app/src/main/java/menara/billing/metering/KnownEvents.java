package menara.billing.metering;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The events that stand in a partition: where, what they say, and which took the place of which. Not thread-safe. */
final class KnownEvents {

    /** Corrections between an event and the last one that took its place; naming the last one starts anew. */
    static final int MAX_SUCCESSION = 1_000;

    private final EventIndex index = new EventIndex();
    private final Map<Hash128, Hash128> successors = new HashMap<>();
    private final Map<Hash128, Boolean> retractions = new HashMap<>();

    Optional<Integer> place(Hash128 key) {
        int slot = index.slot(key);
        return slot < 0 ? Optional.empty() : Optional.of(index.place(slot));
    }

    /** The event that took the place of another. */
    Optional<Hash128> successor(Hash128 key) {
        return Optional.ofNullable(successors.get(key));
    }

    /** Whether an event came before with the same content; empty if it did not come before. */
    Optional<Boolean> sameContent(UsageEntry entry) {
        int slot = index.slot(entry.key());
        return slot < 0 ? Optional.empty() : Optional.of(index.content(slot) == entry.content());
    }

    boolean isRetraction(Hash128 key) {
        return retractions.containsKey(key);
    }

    /** The last of those that took the place of an event; empty if they are too many to be looked through. */
    Optional<Hash128> last(Hash128 key) {
        var last = key;
        for (int step = 0; step <= MAX_SUCCESSION; step++) {
            var later = successors.get(last);
            if (later == null) {
                return Optional.of(last);
            }
            last = later;
        }
        return Optional.empty();
    }

    void remember(UsageCodec.Mark mark, int place) {
        index.put(mark.key(), mark.content(), place);
        if (mark.head() != null) {
            successors.put(mark.head(), mark.key());
        }
        if (mark.retraction()) {
            retractions.put(mark.key(), true);
        }
    }

    void remember(UsageEntry entry, int place) {
        remember(UsageCodec.Mark.of(entry), place);
    }

    void forget(UsageEntry entry) {
        index.forget(entry.key());
        retractions.remove(entry.key());
        if (entry.head() != null) {
            successors.remove(entry.head());
        }
    }
}
