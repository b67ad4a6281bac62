package menara.billing.metering;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The events that stand in a partition: where, what they say, and which took the place of which. Not thread-safe. */
final class KnownEvents {

    /** Corrections between an event and the last one that took its place; naming the last one starts anew. */
    static final int MAX_SUCCESSION = 1_000;

    private final EventIndex index = new EventIndex();
    private final Map<Hash128, Hash128> successors = new HashMap<>();
    private final Map<Hash128, Boolean> retractions = new HashMap<>();

    /** Few: of documents that were damaged and mended. */
    private final Set<Hash128> overtaken = new HashSet<>();

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

    /** An event at the end of the log, as far as it is known. */
    void remember(UsageCodec.Mark mark, int place) {
        var head = mark.head();
        var before = head == null ? null : successors.get(head);
        if (before != null && !before.equals(mark.key())) {
            overtake(before, mark.key());
        }
        keep(mark, place);
        if (head != null) {
            successors.put(head, mark.key());
        }
    }

    /** A line of succession that could not be read when its place was taken: what has taken it stands at its end. */
    private void overtake(Hash128 first, Hash128 by) {
        var last = first;
        overtaken.add(last);
        for (var next = successors.get(last); next != null; next = successors.get(last)) {
            last = next;
            overtaken.add(last);
        }
        successors.put(last, by);
    }

    private void keep(UsageCodec.Mark mark, int place) {
        index.put(mark.key(), mark.content(), place);
        if (mark.retraction()) {
            retractions.put(mark.key(), true);
        }
    }

    /** An event that becomes known after others that stand behind it: if one of them has taken its place, it has lost it. */
    void rememberLate(UsageEntry entry, int place) {
        var head = entry.head();
        var later = head == null ? null : successors.get(head);
        if (later == null) {
            remember(entry, place);
        } else {
            keep(UsageCodec.Mark.of(entry), place);
            successors.put(entry.key(), later);
            overtaken.add(entry.key());
        }
    }

    /** Whether another event counts in its place, and this one never did. */
    boolean isOvertaken(UsageEntry entry) {
        return overtaken.contains(entry.key());
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
