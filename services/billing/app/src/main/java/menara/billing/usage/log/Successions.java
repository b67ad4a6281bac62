package menara.billing.usage.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.keys.EventFacts;
import menara.billing.usage.keys.KnownEvents;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.database.Deadline;

/** Looks up events of a partition and their successors, for readers. Thread-safe. */
final class Successions {

    private final PartitionLog log;

    Successions(PartitionLog log) {
        this.log = log;
    }

    /**
     * Successions of events.
     *
     * @param lasts the last successor of each event; the event itself if it has none
     * @param before sealed facts of all events on the way
     */
    record Lines(Map<Hash128, Hash128> lasts, KnownEvents.Sealed before) {}

    /**
     * Needs one look-up for each step of the longest succession, and does not block others meanwhile.
     *
     * @throws NotStored if that takes longer than the caller waits
     */
    Lines of(Set<Hash128> named, Deadline deadline) {
        if (named.isEmpty()) {
            return new Lines(Map.of(), KnownEvents.Sealed.NOTHING);
        }
        int until = log.sealed().end();
        var looked = new HashMap<Hash128, EventFacts>();
        var lasts = new HashMap<Hash128, Hash128>();
        var walking = named.stream().collect(Collectors.toMap(key -> key, key -> key));
        for (int step = 0; step <= KnownEvents.MAX_SUCCESSION && !walking.isEmpty(); step++) {
            if (deadline.isOver()) {
                throw NotStored.lookedFor();
            }
            var facts = facts(Set.copyOf(walking.values()), looked, deadline);
            var walked = Map.copyOf(walking);
            walked.forEach((first, last) -> {
                var successor = requireNonNull(facts.get(last)).successor();
                if (successor == null) {
                    lasts.put(first, last);
                    walking.remove(first);
                } else {
                    walking.put(first, successor);
                }
            });
        }
        return new Lines(lasts, new KnownEvents.Sealed(looked, until));
    }

    /** The facts of events in memory, and of sealed ones. */
    private Map<Hash128, EventFacts> facts(Set<Hash128> keys, Deadline deadline) {
        return facts(keys, new HashMap<>(), deadline);
    }

    /** @param looked receives the facts of sealed pieces */
    private Map<Hash128, EventFacts> facts(Set<Hash128> keys, Map<Hash128, EventFacts> looked, Deadline deadline) {
        var facts = log.locked(deadline, () -> {
            var inMemory = new HashMap<Hash128, EventFacts>();
            keys.forEach(key -> inMemory.put(key, log.known().inMemory(key)));
            return inMemory;
        });
        // Facts that left memory meanwhile are sealed now.
        var found = log.sealed().find(keys, deadline);
        for (var key : keys) {
            var before = requireNonNull(found.getOrDefault(key, EventFacts.NONE));
            looked.put(key, before);
            facts.merge(key, before, (last, older) -> older.and(last));
        }
        return facts;
    }

    private EventFacts facts(Hash128 key) {
        return requireNonNull(facts(Set.of(key), Deadline.NONE).get(key));
    }

    /** Places of events that this instance knows. */
    Set<Integer> places(Set<Hash128> keys) {
        return places(keys, Deadline.NONE);
    }

    private Set<Integer> places(Set<Hash128> keys, Deadline deadline) {
        return facts(keys, deadline).values().stream()
                .filter(EventFacts::isThere)
                .map(EventFacts::place)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Begin of the usage that each superseding event would take away, by the event that it names, of those that this instance knows.
     *
     * @throws NotStored if that takes longer than the caller waits
     */
    Map<Hash128, Instant> beginnings(Set<Hash128> named, Deadline deadline) {
        var lasts = new HashMap<>(of(named, deadline).lasts());
        var ends = facts(Set.copyOf(lasts.values()), deadline);
        lasts.values().removeIf(last -> requireNonNull(ends.get(last)).retraction());
        var wanted = Set.copyOf(lasts.values());
        var begun = new HashMap<Hash128, Instant>();
        for (int place : places(wanted, deadline)) {
            if (deadline.isOver()) {
                throw NotStored.lookedFor();
            }
            for (var entry : log.entries(place, place + 1, UsageDocuments.Unreadable.IGNORED, deadline)) {
                if (wanted.contains(entry.key()) && entry.event() instanceof UsageEvent.Counted counted) {
                    begun.put(entry.key(), counted.period().from());
                }
            }
        }
        lasts.values().retainAll(begun.keySet());
        return lasts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, last -> requireNonNull(begun.get(last.getValue()))));
    }

    Optional<UsagePartition.Found> find(Hash128 key) {
        var facts = facts(key);
        if (!facts.isThere()) {
            return Optional.empty();
        }
        var documents = log.documents();
        var by = Optional.ofNullable(facts.successor())
                .flatMap(successor -> Optional.of(facts(successor))
                        .filter(EventFacts::isThere)
                        .flatMap(later -> documents.find(later.place(), successor)));
        return documents
                .find(facts.place(), key)
                .map(stored -> new UsagePartition.Found(
                        stored.entry(),
                        stored.receivedAt(),
                        documents.partitionOf(facts.place()),
                        facts.place(),
                        by.map(later -> later.entry().event().key()).orElse(null)));
    }
}
