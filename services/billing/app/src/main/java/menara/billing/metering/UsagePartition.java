package menara.billing.metering;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.catalogue.Meter;
import menara.platform.time.IdFactory;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A log of accepted events: documents {@code _id = partition|n}, n without a gap. Whoever writes at n has read everything before n and
 * knows every key in it, so the unique {@code _id} makes sure that an event is accepted once, whatever instances there are.
 */
final class UsagePartition {

    /** Events of one document: 0.9 MB. Requests that wait for each other share one. */
    static final int MAX_EVENTS_PER_DOCUMENT = 8_192;

    /** Bytes of one document that requests share; one request's events of long names may come to a little more. */
    static final int MAX_BYTES_PER_DOCUMENT = 2 << 20;

    /** Events of documents written here that are kept until they are counted, 4 MB; what is beyond is read again. */
    private static final int MAX_RECENT_EVENTS = MAX_EVENTS_PER_DOCUMENT;

    private final int number;
    private final @Nullable UsagePartition before;
    private final int begin;
    private final UsageDocuments documents;
    private final SealedKeys sealed;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Submission> waiting = new ConcurrentLinkedQueue<>();

    // Guarded by writing.
    private final KnownEvents known;
    private final StretchWork work;

    /** Events of the last documents written here, by place. Guarded by itself. */
    private final NavigableMap<Integer, List<UsageEntry>> recent = new TreeMap<>();

    private int recentEvents;

    /** Written under {@code writing}, read by anybody. */
    private volatile int next;

    /** Whether the log has ended and goes on in others. Written under {@code writing}, read by anybody. */
    private volatile boolean closed;

    /**
     * @param before the partition that this one goes on from, closed; null if it is of the first ones
     * @param log documents of events
     * @param keys what is known of those of older documents
     * @param eventsPerPiece events that are whole in memory before they are sealed, the same for all instances for ever
     */
    UsagePartition(
            int number,
            @Nullable UsagePartition before,
            MongoCollection<Document> log,
            MongoCollection<Document> keys,
            Function<String, Meter> meters,
            IdFactory ids,
            int eventsPerPiece) {
        this.number = number;
        this.before = before;
        this.begin = before == null ? 0 : before.end();
        this.documents = new UsageDocuments(number, begin, before == null ? null : before.documents, log, meters);
        this.sealed = new SealedKeys(number, before == null ? null : before.sealed, keys, ids);
        this.known = new KnownEvents(sealed, eventsPerPiece);
        this.next = sealed.end();
        this.work = new StretchWork(next);
        this.closed = next > begin && documents.closes(next - 1);
        if (before != null) {
            before.handLateTo(known);
        }
        rememberWhatCouldNotBeRead();
    }

    private void handLateTo(KnownEvents next) {
        writing.lock();
        try {
            next.takeLate(known);
        } finally {
            writing.unlock();
        }
    }

    /** What was damaged when its piece was sealed may be mended since. */
    private void rememberWhatCouldNotBeRead() {
        for (int place : sealed.unreadable()) {
            for (var document : documents.marks(place, 1)) {
                for (var mark : document.marks()) {
                    if (!known.isThere(mark.key())) {
                        known.rememberLate(mark, place);
                    }
                }
            }
        }
        known.endStep();
    }

    /** What becomes of an event. */
    enum Verdict {
        ACCEPTED,
        /** The same event, with the same content, came before. */
        DUPLICATE,
        /** The same event came before with another content, which stands. */
        CONFLICT,
        /** The event that it would supersede is not there. */
        NOTHING_TO_SUPERSEDE,
        /** The event that it would supersede was retracted. */
        RETRACTED,
        /** The event that it would supersede was corrected too often since to find the last correction. */
        TOO_OFTEN_CORRECTED
    }

    /**
     * @param verdicts one for each event, in order
     * @param until place behind everything the verdicts rest on
     */
    record Outcome(List<Verdict> verdicts, int until) {}

    /** @param before what sealed pieces say of the lines of succession that the entries go on from */
    private record Submission(
            List<UsageEntry> entries,
            KnownEvents.Sealed before,
            Instant receivedAt,
            CompletableFuture<Optional<Outcome>> outcome) {

        int bytes() {
            return entries.stream().mapToInt(UsageEntry::storedBytes).sum();
        }
    }

    int number() {
        return number;
    }

    /** The partition that this one goes on from; null if it is of the first ones. */
    @Nullable
    UsagePartition before() {
        return before;
    }

    /** Place of its first document. */
    int begin() {
        return begin;
    }

    /** Whether the log has ended and goes on in others, as far as it is known here. */
    boolean isClosed() {
        return closed;
    }

    /** Ends the log, whoever writes at the same moment, and seals all that is known of it. */
    void close() {
        writing.lock();
        try {
            catchUp();
            while (!closed) {
                if (documents.close(next)) {
                    passed(new UsageDocuments.Marked(List.of(), 0, 0, true));
                } else {
                    catchUp();
                }
            }
            while (known.toSeal() != null) {
                sealNext();
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Durable when it returns.
     *
     * @return empty if the log has ended: nothing of the entries was looked at
     */
    Optional<Outcome> append(List<UsageEntry> entries, Instant receivedAt) {
        var named = entries.stream().flatMap(UsagePartition::superseded).collect(Collectors.toSet());
        var submission = new Submission(entries, successions(named).before(), receivedAt, new CompletableFuture<>());
        waiting.add(submission);
        writing.lock();
        try {
            // Whoever holds the lock writes for all who wait; mine may be among what another has written.
            while (!submission.outcome().isDone()) {
                writeNext();
            }
        } finally {
            writing.unlock();
        }
        try {
            return submission.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void writeNext() {
        var taken = new ArrayList<Submission>();
        int events = 0;
        int bytes = 0;
        for (var first = waiting.peek(); first != null; first = waiting.peek()) {
            events += first.entries().size();
            bytes += first.bytes();
            if (!taken.isEmpty() && (events > MAX_EVENTS_PER_DOCUMENT || bytes > MAX_BYTES_PER_DOCUMENT)) {
                break;
            }
            taken.add(first);
            waiting.remove();
        }
        try {
            write(taken);
        } catch (RuntimeException e) {
            if (taken.size() == 1 || Faults.isOfDatabase(e)) {
                taken.forEach(submission -> submission.outcome().completeExceptionally(e));
            } else {
                taken.forEach(this::writeAlone);
            }
        } catch (Error e) {
            taken.forEach(submission -> submission.outcome().completeExceptionally(e));
            throw e;
        }
    }

    /** What is damaged of what one needs to know is no matter of the others. */
    private void writeAlone(Submission submission) {
        try {
            write(List.of(submission));
        } catch (RuntimeException e) {
            submission.outcome().completeExceptionally(e);
        }
    }

    private void write(List<Submission> taken) {
        boolean current = false;
        try {
            while (!attempt(taken, current)) {
                catchUp();
                current = true;
            }
        } finally {
            known.endStep();
        }
    }

    /**
     * Judges everything that waits, and writes what is accepted.
     *
     * @param current whether the end of the log was looked at just now
     * @return false if another instance has written more than is known here, or may have: nobody is refused for what it may have accepted
     */
    private boolean attempt(List<Submission> taken, boolean current) {
        if (closed) {
            taken.forEach(submission -> submission.outcome().complete(Optional.empty()));
            return true;
        }
        taken.forEach(submission -> known.lookUp(submission.before()));
        known.lookUp(taken.stream()
                .flatMap(submission -> submission.entries().stream())
                .flatMap(UsagePartition::namedBy)
                .toList());
        var accepted = new ArrayList<UsageEntry>();
        var verdicts = taken.stream()
                .map(submission -> submission.entries().stream()
                        .map(entry -> judge(entry, accepted))
                        .toList())
                .toList();
        boolean written = false;
        try {
            boolean sure =
                    current || verdicts.stream().flatMap(List::stream).noneMatch(Verdict.NOTHING_TO_SUPERSEDE::equals);
            written = sure
                    && (accepted.isEmpty() || insert(accepted, taken.getFirst().receivedAt()));
        } finally {
            if (!written) {
                accepted.forEach(known::forget);
            }
        }
        if (written) {
            for (int i = 0; i < taken.size(); i++) {
                taken.get(i).outcome().complete(Optional.of(new Outcome(verdicts.get(i), next)));
            }
        }
        return written;
    }

    /** The events that what becomes of one depends on. */
    private static Stream<Hash128> namedBy(UsageEntry entry) {
        return Stream.concat(Stream.of(entry.key()), superseded(entry));
    }

    private static Stream<Hash128> superseded(UsageEntry entry) {
        return entry.event().superseded().map(key -> key.of(entry.party().value())).stream();
    }

    /**
     * Lines of succession as they are known here.
     *
     * @param lasts of each event the last of those that took its place; itself if none did
     * @param before what sealed pieces say of all that were looked at
     */
    private record Successions(Map<Hash128, Hash128> lasts, KnownEvents.Sealed before) {}

    /** Asks once for each step of the longest line, and keeps nobody else waiting meanwhile. */
    private Successions successions(Set<Hash128> named) {
        if (named.isEmpty()) {
            return new Successions(Map.of(), KnownEvents.Sealed.NOTHING);
        }
        int until = sealed.end();
        var looked = new HashMap<Hash128, EventFacts>();
        var lasts = new HashMap<Hash128, Hash128>();
        var walking = named.stream().collect(Collectors.toMap(key -> key, key -> key));
        for (int step = 0; step <= KnownEvents.MAX_SUCCESSION && !walking.isEmpty(); step++) {
            var facts = facts(Set.copyOf(walking.values()), looked);
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
        return new Successions(lasts, new KnownEvents.Sealed(looked, until));
    }

    private Verdict judge(UsageEntry entry, List<UsageEntry> accepted) {
        var before = known.sameContent(entry);
        if (before.isPresent()) {
            return before.get() ? Verdict.DUPLICATE : Verdict.CONFLICT;
        }
        var superseding = entry;
        var named = entry.event().superseded();
        if (named.isPresent()) {
            var last = known.last(named.get().of(entry.party().value()));
            if (last.isEmpty()) {
                return Verdict.TOO_OFTEN_CORRECTED;
            }
            if (!known.isThere(last.get())) {
                return Verdict.NOTHING_TO_SUPERSEDE;
            }
            if (known.isRetraction(last.get())) {
                return Verdict.RETRACTED;
            }
            superseding = entry.superseding(last.get());
        }
        known.remember(superseding, next);
        accepted.add(superseding);
        return Verdict.ACCEPTED;
    }

    private boolean insert(List<UsageEntry> entries, Instant receivedAt) {
        boolean inserted = documents.insert(next, entries, receivedAt);
        if (inserted) {
            keep(next, entries);
            passed(new UsageDocuments.Marked(
                    entries.stream().map(UsageCodec.Mark::of).toList(),
                    entries.size(),
                    entries.stream().mapToInt(UsageEntry::storedBytes).sum(),
                    false));
        }
        return inserted;
    }

    private void keep(int place, List<UsageEntry> entries) {
        synchronized (recent) {
            if (recentEvents + entries.size() <= MAX_RECENT_EVENTS) {
                recent.put(place, List.copyOf(entries));
                recentEvents += entries.size();
            }
        }
    }

    /** What stands before {@code until} is counted. */
    void counted(int until) {
        synchronized (recent) {
            var counted = recent.headMap(until);
            recentEvents -= counted.values().stream().mapToInt(List::size).sum();
            counted.clear();
        }
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    List<UsageEntry> entries(int from, int until, UsageDocuments.Unreadable unreadable) {
        Map<Integer, List<UsageEntry>> kept;
        synchronized (recent) {
            kept = new TreeMap<>(recent.subMap(from, until));
        }
        var entries = new ArrayList<UsageEntry>();
        int at = from;
        for (var one : kept.entrySet()) {
            entries.addAll(documents.entries(at, one.getKey(), unreadable));
            entries.addAll(one.getValue());
            at = one.getKey() + 1;
        }
        entries.addAll(documents.entries(at, until, unreadable));
        return entries;
    }

    private void passed(UsageDocuments.Marked document) {
        work.add(StretchWork.of(document));
        int behind = next + 1;
        known.passed(document.events(), behind);
        next = behind;
        if (document.closes()) {
            known.closed(behind);
            closed = true;
        }
        while (known.holdsTooMuch()) {
            sealNext();
        }
    }

    /** Seals the oldest piece of the log that is full; false if there is none. */
    boolean seal() {
        KnownEvents.Unsealed piece;
        writing.lock();
        try {
            piece = known.toSeal();
        } finally {
            writing.unlock();
        }
        if (piece == null) {
            return false;
        }
        var missing = sealed.seal(piece.table(), piece.from(), piece.until());
        writing.lock();
        try {
            known.isSealed(piece, missing);
        } finally {
            writing.unlock();
        }
        return true;
    }

    private void sealNext() {
        var piece = requireNonNull(known.toSeal());
        known.isSealed(piece, sealed.seal(piece.table(), piece.from(), piece.until()));
    }

    /** Merges sealed pieces where there are enough of a size; false if there are not. Takes as long as reading and writing them; nobody waits for it. */
    boolean merge() {
        return sealed.merge();
    }

    /** How many filters a look-up asks. */
    int pieces() {
        return sealed.pieces();
    }

    /** Reads what other instances wrote. */
    void refresh() {
        writing.lock();
        try {
            catchUp();
        } finally {
            writing.unlock();
        }
    }

    /** Reads what other instances wrote, if what stands before {@code until} is not all known here. */
    void refreshUntil(int until) {
        if (end() < until) {
            refresh();
        }
    }

    private void catchUp() {
        if (closed) {
            return;
        }
        int found;
        do {
            var marked = documents.marks(next);
            found = marked.size();
            known.lookUp(marked.stream()
                    .flatMap(document -> document.marks().stream())
                    .flatMap(mark -> Stream.ofNullable(mark.head()))
                    .toList());
            for (var document : marked) {
                int place = next;
                if (!document.isReadable()) {
                    known.cannotRead(place);
                }
                document.marks().forEach(mark -> known.remember(mark, place));
                passed(document);
            }
            known.endStep();
        } while (found == UsageDocuments.WINDOW);
    }

    /** Place behind the last document that is known here. */
    int end() {
        return next;
    }

    /** End of the stretch from {@code from} on that is counted in one go: a document at least, then as many as are not much work. */
    int stretchEnd(int from, int maxDocuments, int maxWork) {
        if (from < work.from()) {
            // Written before this instance looked: they are looked at in passing.
            return from + StretchWork.documents(documents.marks(from), maxWork);
        }
        writing.lock();
        try {
            return work.stretchEnd(from, maxDocuments, maxWork);
        } finally {
            writing.unlock();
        }
    }

    /** What is known of events here, and of those that are sealed. */
    private Map<Hash128, EventFacts> facts(Set<Hash128> keys) {
        return facts(keys, new HashMap<>());
    }

    /** @param looked takes what is said by sealed pieces */
    private Map<Hash128, EventFacts> facts(Set<Hash128> keys, Map<Hash128, EventFacts> looked) {
        var facts = new HashMap<Hash128, EventFacts>();
        writing.lock();
        try {
            keys.forEach(key -> facts.put(key, known.inMemory(key)));
        } finally {
            writing.unlock();
        }
        // What has left the memory since is among what is sealed now.
        var found = sealed.find(keys);
        for (var key : keys) {
            var before = requireNonNull(found.getOrDefault(key, EventFacts.NONE));
            looked.put(key, before);
            facts.merge(key, before, (last, older) -> older.and(last));
        }
        return facts;
    }

    private EventFacts facts(Hash128 key) {
        return requireNonNull(facts(Set.of(key)).get(key));
    }

    /** Where events stand, as far as they are known here. */
    Set<Integer> places(Set<Hash128> keys) {
        return facts(keys).values().stream()
                .filter(EventFacts::isThere)
                .map(EventFacts::place)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Those of a document's entries that count although they become known late: that did not come a second time since, and whose place in
     * a succession no other has taken since. From now on they are known.
     */
    List<UsageEntry> admit(List<UsageEntry> entries, int place) {
        writing.lock();
        try {
            var admitted = new ArrayList<UsageEntry>();
            for (var entry : entries) {
                if (!known.isThere(entry.key())) {
                    known.rememberLate(UsageCodec.Mark.of(entry), place);
                }
                if (known.place(entry.key()).equals(Optional.of(place)) && !known.isOvertaken(entry)) {
                    admitted.add(entry);
                }
            }
            return admitted;
        } finally {
            known.endStep();
            writing.unlock();
        }
    }

    /**
     * When the usage began that would be taken away by events that name others to supersede: by the named one, as far as there is such
     * usage and it is known here.
     */
    Map<Hash128, Instant> beginnings(Set<Hash128> named) {
        var lasts = new HashMap<>(successions(named).lasts());
        var ends = facts(Set.copyOf(lasts.values()));
        lasts.values().removeIf(last -> requireNonNull(ends.get(last)).retraction());
        var wanted = Set.copyOf(lasts.values());
        var begun = new HashMap<Hash128, Instant>();
        for (int place : places(wanted)) {
            for (var entry : entries(place, place + 1, UsageDocuments.Unreadable.IGNORED)) {
                if (wanted.contains(entry.key())) {
                    begun.put(entry.key(), entry.event().period().from());
                }
            }
        }
        lasts.values().retainAll(begun.keySet());
        return lasts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, last -> requireNonNull(begun.get(last.getValue()))));
    }

    UsageDocuments documents() {
        return documents;
    }

    /**
     * An event as it was accepted.
     *
     * @param partition partition to which it was written
     * @param place document in which it stands
     * @param supersededBy the event that took its place; null if none did
     */
    record Found(
            UsageEntry entry,
            Instant receivedAt,
            int partition,
            int place,
            @Nullable UsageKey supersededBy) {}

    Optional<Found> find(Hash128 key) {
        var facts = facts(key);
        if (!facts.isThere()) {
            return Optional.empty();
        }
        var by = Optional.ofNullable(facts.successor())
                .flatMap(successor -> Optional.of(facts(successor))
                        .filter(EventFacts::isThere)
                        .flatMap(later -> documents.find(later.place(), successor)));
        return documents
                .find(facts.place(), key)
                .map(stored -> new Found(
                        stored.entry(),
                        stored.receivedAt(),
                        documents.partitionOf(facts.place()),
                        facts.place(),
                        by.map(later -> later.entry().event().key()).orElse(null)));
    }
}
