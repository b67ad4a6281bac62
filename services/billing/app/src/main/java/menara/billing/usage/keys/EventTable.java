package menara.billing.usage.keys;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageCodec;
import org.jspecify.annotations.Nullable;

/** The facts of events of a piece of a partition, whole in memory. Not thread-safe while it is written. */
final class EventTable {

    private final EventIndex index = new EventIndex();
    private final Map<Hash128, Hash128> successors = new HashMap<>();
    private final Set<Hash128> retractions = new HashSet<>();

    /** Few: events of documents that were damaged and mended. */
    private final Set<Hash128> overtaken = new HashSet<>();

    /** Documents of the piece whose events are not in the table. */
    private final Set<Integer> unreadable = new TreeSet<>();

    EventFacts of(Hash128 key) {
        int slot = index.slot(key);
        var successor = successors.get(key);
        boolean isOvertaken = overtaken.contains(key);
        if (slot >= 0) {
            return new EventFacts(
                    index.place(slot), index.content(slot), retractions.contains(key), isOvertaken, successor);
        }
        return successor == null && !isOvertaken
                ? EventFacts.NONE
                : new EventFacts(EventFacts.NOWHERE, 0, false, isOvertaken, successor);
    }

    void put(UsageCodec.Mark mark, int place) {
        index.put(mark.key(), mark.content(), place);
        if (mark.retraction()) {
            retractions.add(mark.key());
        }
    }

    void succeed(Hash128 key, Hash128 successor) {
        successors.put(key, successor);
    }

    void overtake(Hash128 key) {
        overtaken.add(key);
    }

    void cannotRead(int place) {
        unreadable.add(place);
    }

    /** Forgets an event that turned out not to be in the log. */
    void forget(Hash128 key, @Nullable Hash128 head) {
        index.forget(key);
        retractions.remove(key);
        if (head != null) {
            successors.remove(head);
        }
    }

    int events() {
        return index.size();
    }

    List<Integer> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Where the events stand. */
    Set<Integer> places() {
        var places = new TreeSet<Integer>();
        index.forEach(key -> places.add(index.place(index.slot(key))));
        return places;
    }

    /** Adds another table's facts of events in documents at those places, and of the events that they replaced. */
    void takeFrom(EventTable other, Set<Integer> places) {
        other.forEach((key, facts) -> {
            if (places.contains(facts.place())) {
                index.put(key, facts.content(), facts.place());
                if (facts.retraction()) {
                    retractions.add(key);
                }
                if (facts.overtaken()) {
                    overtaken.add(key);
                }
            }
            var successor = facts.successor();
            if (successor != null && places.contains(other.of(successor).place())) {
                successors.put(key, successor);
            }
        });
    }

    /** All facts, each key once, in no order. */
    void forEach(BiConsumer<Hash128, EventFacts> told) {
        index.forEach(key -> told.accept(key, of(key)));
        var others = new HashSet<>(successors.keySet());
        others.addAll(overtaken);
        others.stream().filter(key -> index.slot(key) < 0).forEach(key -> told.accept(key, of(key)));
    }
}
