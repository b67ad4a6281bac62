package menara.billing.usage.keys;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageCodec;
import menara.billing.usage.events.UsageEntry;
import menara.eventstore.mongodb.database.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The events of a partition: their places, their contents, and which replaced which. The latest are whole in memory; full pieces of the log
 * are sealed, and looked up. Not thread-safe.
 */
public final class KnownEvents {

    /** Most corrections between an event and its last successor; a correction that names the last successor is always possible. */
    public static final int MAX_SUCCESSION = 1_000;

    /** Most full pieces in memory; beyond, a writer seals one first. */
    private static final int MAX_UNSEALED = 2;

    private final SealedKeys sealed;
    private final int eventsPerPiece;
    private final Deque<Unsealed> unsealed = new ArrayDeque<>();
    private EventTable current = new EventTable();
    private int currentFrom;
    private int currentEvents;

    /** Events of documents that could not be read when their piece was sealed. */
    private final EventTable late = new EventTable();

    /** Until when the caller of the present step waits for look-ups. */
    private Deadline deadline = Deadline.NONE;

    /** Facts looked up in sealed pieces in the present step, including keys that were not found. */
    private final Map<Hash128, EventFacts> looked = new HashMap<>();

    /**
     * A full piece that has to be sealed. Its table is no longer written.
     *
     * @param last id of its last document
     */
    public record Unsealed(EventTable table, int from, int until, UUID last) {}

    /** @param eventsPerPiece events in the log from which on a piece is full, the same for all instances */
    public KnownEvents(SealedKeys sealed, int eventsPerPiece) {
        this.sealed = sealed;
        this.eventsPerPiece = eventsPerPiece;
        this.currentFrom = sealed.end();
    }

    /**
     * Facts of some keys in sealed pieces, looked up before.
     *
     * @param facts also keys that are not in sealed pieces
     * @param until end of the sealed pieces then
     */
    public record Sealed(Map<Hash128, EventFacts> facts, int until) {

        public static final Sealed NOTHING = new Sealed(Map.of(), 0);
    }

    /** Uses facts looked up before for this step; only pieces sealed since are looked up again. */
    public void lookUp(Sealed before) {
        int end = sealed.end();
        var since = before.facts().isEmpty() || end <= before.until()
                ? Map.<Hash128, EventFacts>of()
                : sealed.find(before.facts().keySet(), before.until(), deadline);
        before.facts()
                .forEach((key, facts) ->
                        looked.put(key, with(facts, requireNonNull(since.getOrDefault(key, EventFacts.NONE)))));
    }

    /** Looks up many keys at once, if they are not all in memory; {@link #endStep} forgets the result. */
    public void lookUp(Collection<Hash128> keys) {
        var asked = keys.stream()
                .filter(key -> !looked.containsKey(key) && !inMemory(key).isThere())
                .collect(Collectors.toSet());
        if (sealed.end() > 0 && !asked.isEmpty()) {
            var found = sealed.find(asked, deadline);
            asked.forEach(key -> looked.put(key, requireNonNull(found.getOrDefault(key, EventFacts.NONE))));
        }
    }

    /** Sets how long the caller of the present step waits. */
    public void within(Deadline step) {
        deadline = step;
    }

    public void endStep() {
        looked.clear();
        deadline = Deadline.NONE;
    }

    /** The facts in memory, without a look-up. */
    public EventFacts inMemory(Hash128 key) {
        var facts = EventFacts.NONE;
        for (var piece : unsealed) {
            facts = with(facts, piece.table().of(key));
        }
        return with(with(facts, current.of(key)), late.of(key));
    }

    private static EventFacts with(EventFacts facts, EventFacts later) {
        return later.equals(EventFacts.NONE) ? facts : facts.and(later);
    }

    private EventFacts facts(Hash128 key) {
        var before = sealed.end() == 0 ? EventFacts.NONE : looked.get(key);
        if (before == null) {
            before = sealed.find(Set.of(key), deadline).getOrDefault(key, EventFacts.NONE);
            looked.put(key, before);
        }
        return with(before, inMemory(key));
    }

    public boolean isThere(Hash128 key) {
        return inMemory(key).isThere() || facts(key).isThere();
    }

    /** Place of the document of an event, if the event is in the log. */
    public Optional<Integer> place(Hash128 key) {
        return Optional.of(facts(key)).filter(EventFacts::isThere).map(EventFacts::place);
    }

    /** Whether an event came before with the same content; empty if it did not come before. */
    public Optional<Boolean> sameContent(UsageEntry entry) {
        var last = inMemory(entry.key());
        var facts = last.isThere() ? last : facts(entry.key());
        return facts.isThere() ? Optional.of(facts.content() == entry.content()) : Optional.empty();
    }

    public boolean isRetraction(Hash128 key) {
        return facts(key).retraction();
    }

    /** Whether another event counts in place of this one, which never counted. */
    public boolean isOvertaken(UsageEntry entry) {
        return facts(entry.key()).overtaken();
    }

    /** The last successor of an event; empty if there are too many to follow. */
    public Optional<Hash128> last(Hash128 key) {
        var last = key;
        for (int step = 0; step <= MAX_SUCCESSION; step++) {
            var later = facts(last).successor();
            if (later == null) {
                return Optional.of(last);
            }
            last = later;
        }
        return Optional.empty();
    }

    public void remember(UsageEntry entry, int place) {
        remember(UsageCodec.Mark.of(entry), place);
    }

    /** Adds an event at the end of the log. */
    public void remember(UsageCodec.Mark mark, int place) {
        var head = mark.head();
        var before = head == null ? null : facts(head).successor();
        if (before != null && !before.equals(mark.key())) {
            overtake(before, mark.key());
        }
        current.put(mark, place);
        if (head != null) {
            current.succeed(head, mark.key());
        }
    }

    /** The event's successors could not be read when it was replaced: its last successor is the event that replaced it. */
    private void overtake(Hash128 first, Hash128 by) {
        var last = first;
        current.overtake(last);
        for (var next = facts(last).successor();
                next != null;
                next = facts(last).successor()) {
            last = next;
            current.overtake(last);
        }
        current.succeed(last, by);
    }

    /** Adds an event that is read only after later ones: if one of those replaced it, it does not count. */
    public void rememberLate(UsageCodec.Mark mark, int place) {
        var table = place < currentFrom ? late : current;
        var head = mark.head();
        var later = head == null ? null : facts(head).successor();
        table.put(mark, place);
        if (head != null && later == null) {
            table.succeed(head, mark.key());
        } else if (later != null) {
            table.succeed(mark.key(), later);
            table.overtake(mark.key());
        }
    }

    public void forget(UsageEntry entry) {
        current.forget(entry.key(), entry.head());
    }

    /** The document at a place cannot be read, so its events are unknown. */
    public void cannotRead(int place) {
        current.cannotRead(place);
    }

    /**
     * All events of a document are added.
     *
     * @param events number of its events, whether or not they can be read
     * @param next place behind it
     * @param id of the document
     */
    public void passed(int events, int next, UUID id) {
        currentEvents += events;
        if (currentEvents >= eventsPerPiece) {
            cut(next, id);
        }
    }

    /** The log ends here: the rest becomes a piece, however small. */
    public void closed(int next, UUID id) {
        if (currentFrom < next) {
            cut(next, id);
        }
    }

    private void cut(int next, UUID last) {
        unsealed.add(new Unsealed(current, currentFrom, next, last));
        current = new EventTable();
        currentFrom = next;
        currentEvents = 0;
    }

    /** Events read late in the log that this one continues. */
    public void takeLate(KnownEvents before) {
        late.takeFrom(before.late, before.late.places());
    }

    /** The oldest piece that waits for being sealed. */
    @Nullable
    public Unsealed toSeal() {
        return unsealed.peek();
    }

    public boolean holdsTooMuch() {
        return unsealed.size() > MAX_UNSEALED;
    }

    /** @param missing places of documents that the piece knows and that are not among what is sealed; they stay here */
    public void isSealed(Unsealed piece, Set<Integer> missing) {
        if (!missing.isEmpty()) {
            late.takeFrom(piece.table(), missing);
        }
        unsealed.remove(piece);
    }
}
