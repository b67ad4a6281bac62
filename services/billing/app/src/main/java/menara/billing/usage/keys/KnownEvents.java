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
 * The events that stand in a partition: where, what they say, and which took the place of which. The last ones are whole in memory; pieces
 * of the log that are full are sealed, and asked for. Not thread-safe.
 */
public final class KnownEvents {

    /** Corrections between an event and the last one that took its place; naming the last one starts anew. */
    public static final int MAX_SUCCESSION = 1_000;

    /** Full pieces in memory beyond which whoever writes seals one first. */
    private static final int MAX_UNSEALED = 2;

    private final SealedKeys sealed;
    private final int eventsPerPiece;
    private final Deque<Unsealed> unsealed = new ArrayDeque<>();
    private EventTable current = new EventTable();
    private int currentFrom;
    private int currentEvents;

    /** Of documents that could not be read when their piece was sealed. */
    private final EventTable late = new EventTable();

    /** Until when whoever takes the present step waits for what is asked for. */
    private Deadline deadline = Deadline.NONE;

    /** What was asked for of sealed pieces in the present step; also what was found to be nothing. */
    private final Map<Hash128, EventFacts> looked = new HashMap<>();

    /**
     * A piece that is full and has to be sealed. Nobody writes its table any more.
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
     * What sealed pieces say of some keys, asked for before.
     *
     * @param facts also of keys of which nothing is said
     * @param until end of what was sealed then
     */
    public record Sealed(Map<Hash128, EventFacts> facts, int until) {

        public static final Sealed NOTHING = new Sealed(Map.of(), 0);
    }

    /** Uses what was asked for before in this step; only what was sealed since is asked for again. */
    public void lookUp(Sealed before) {
        int end = sealed.end();
        var since = before.facts().isEmpty() || end <= before.until()
                ? Map.<Hash128, EventFacts>of()
                : sealed.find(before.facts().keySet(), before.until(), deadline);
        before.facts()
                .forEach((key, facts) ->
                        looked.put(key, with(facts, requireNonNull(since.getOrDefault(key, EventFacts.NONE)))));
    }

    /** Asks at once for what many keys need, if not all of it is in memory; {@link #endStep} forgets it. */
    public void lookUp(Collection<Hash128> keys) {
        var asked = keys.stream()
                .filter(key -> !looked.containsKey(key) && !inMemory(key).isThere())
                .collect(Collectors.toSet());
        if (sealed.end() > 0 && !asked.isEmpty()) {
            var found = sealed.find(asked, deadline);
            asked.forEach(key -> looked.put(key, requireNonNull(found.getOrDefault(key, EventFacts.NONE))));
        }
    }

    /** The present step is taken for somebody who waits so long. */
    public void within(Deadline step) {
        deadline = step;
    }

    public void endStep() {
        looked.clear();
        deadline = Deadline.NONE;
    }

    /** What is known without asking anybody. */
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

    /** Document in which an event stands, if it is there. */
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

    /** Whether another event counts in its place, and this one never did. */
    public boolean isOvertaken(UsageEntry entry) {
        return facts(entry.key()).overtaken();
    }

    /** The last of those that took the place of an event; empty if they are too many to be looked through. */
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

    /** An event at the end of the log, as far as it is known. */
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

    /** A line of succession that could not be read when its place was taken: what has taken it stands at its end. */
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

    /** An event that becomes known after others that stand behind it: if one of them has taken its place, it has lost it. */
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

    /** The document at a place cannot be read: its events are not known. */
    public void cannotRead(int place) {
        current.cannotRead(place);
    }

    /**
     * A document of the log is known as a whole.
     *
     * @param events how many stand in it, whether or not they can be read
     * @param next place behind it
     * @param id of the document
     */
    public void passed(int events, int next, UUID id) {
        currentEvents += events;
        if (currentEvents >= eventsPerPiece) {
            cut(next, id);
        }
    }

    /** The log ends here: what is left is a piece, however little. */
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

    /** What became known late in the log that this one goes on from. */
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
