package menara.billing.metering;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.billing.catalogue.Meter;
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

    /** What reading an event costs beside an hour that it adds to. */
    static final int WORK_PER_EVENT = 128;

    /** Bytes of names that weigh as much as an hour. */
    private static final int BYTES_PER_WORK = 2;

    private final int number;
    private final UsageDocuments documents;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Submission> waiting = new ConcurrentLinkedQueue<>();

    // Guarded by writing.
    private final KnownEvents known = new KnownEvents();
    private int[] work = new int[64];

    /** Written under {@code writing}, read by anybody. */
    private volatile int next;

    UsagePartition(int number, MongoCollection<Document> log, Function<String, Meter> meters) {
        this.number = number;
        this.documents = new UsageDocuments(number, log, meters);
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

    private record Submission(List<UsageEntry> entries, Instant receivedAt, CompletableFuture<Outcome> outcome) {

        int bytes() {
            return entries.stream().mapToInt(UsageEntry::storedBytes).sum();
        }
    }

    int number() {
        return number;
    }

    /** Durable when it returns. */
    Outcome append(List<UsageEntry> entries, Instant receivedAt) {
        var submission = new Submission(entries, receivedAt, new CompletableFuture<>());
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
        return submission.outcome().join();
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
        } catch (RuntimeException | Error e) {
            taken.forEach(submission -> submission.outcome().completeExceptionally(e));
            throw e;
        }
    }

    private void write(List<Submission> taken) {
        while (true) {
            var accepted = new ArrayList<UsageEntry>();
            var verdicts = taken.stream()
                    .map(submission -> submission.entries().stream()
                            .map(entry -> judge(entry, accepted))
                            .toList())
                    .toList();
            boolean written = false;
            try {
                written =
                        accepted.isEmpty() || insert(accepted, taken.getFirst().receivedAt());
            } finally {
                if (!written) {
                    accepted.forEach(known::forget);
                }
            }
            if (written) {
                for (int i = 0; i < taken.size(); i++) {
                    taken.get(i).outcome().complete(new Outcome(verdicts.get(i), next));
                }
                return;
            }
            catchUp();
        }
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
            if (known.place(last.get()).isEmpty()) {
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
            follow(
                    entries.stream().map(UsageCodec.Mark::of).toList(),
                    entries.stream().mapToInt(UsageEntry::storedBytes).sum());
        }
        return inserted;
    }

    private void follow(List<UsageCodec.Mark> marks, int bytes) {
        int place = next;
        if (place == work.length) {
            work = Arrays.copyOf(work, place * 2);
        }
        work[place] = bytes / BYTES_PER_WORK
                + marks.stream().mapToInt(mark -> WORK_PER_EVENT + mark.hours()).sum();
        next = place + 1;
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
        int found;
        do {
            var marked = documents.marks(next);
            found = marked.size();
            for (var document : marked) {
                int place = next;
                document.marks().forEach(mark -> known.remember(mark, place));
                follow(document.marks(), document.bytes());
            }
        } while (found == UsageDocuments.WINDOW);
    }

    /** Place behind the last document that is known here. */
    int end() {
        return next;
    }

    /** End of the stretch from {@code from} on that is counted in one go: a document at least, then as many as are not much work. */
    int stretchEnd(int from, int maxDocuments, int maxWork) {
        writing.lock();
        try {
            int until = from;
            long sum = 0;
            while (until < next && until < from + maxDocuments && (until == from || sum + work[until] <= maxWork)) {
                sum += work[until++];
            }
            return until;
        } finally {
            writing.unlock();
        }
    }

    /** Where events stand, as far as they are known here. */
    Set<Integer> places(Set<Hash128> keys) {
        var places = new TreeSet<Integer>();
        writing.lock();
        try {
            keys.forEach(key -> known.place(key).ifPresent(places::add));
        } finally {
            writing.unlock();
        }
        return places;
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
                boolean isNew = known.place(entry.key()).isEmpty();
                if (isNew) {
                    known.rememberLate(entry, place);
                }
                if (known.place(entry.key()).equals(Optional.of(place)) && !known.isOvertaken(entry)) {
                    admitted.add(entry);
                }
            }
            return admitted;
        } finally {
            writing.unlock();
        }
    }

    /**
     * When the usage began that would be taken away by events that name others to supersede: by the named one, as far as there is such
     * usage and it is known here.
     */
    Map<Hash128, Instant> beginnings(Set<Hash128> named) {
        var lasts = new HashMap<Hash128, Hash128>();
        writing.lock();
        try {
            for (var key : named) {
                known.last(key).filter(last -> !known.isRetraction(last)).ifPresent(last -> lasts.put(key, last));
            }
        } finally {
            writing.unlock();
        }
        var wanted = Set.copyOf(lasts.values());
        var begun = new HashMap<Hash128, Instant>();
        for (int place : places(wanted)) {
            for (var entry : documents.entries(place, place + 1, UsageDocuments.Unreadable.IGNORED)) {
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
     * @param place document in which it stands
     * @param supersededBy the event that took its place; null if none did
     */
    record Found(
            UsageEntry entry,
            Instant receivedAt,
            int place,
            @Nullable UsageKey supersededBy) {}

    Optional<Found> find(Hash128 key) {
        Optional<Integer> place;
        Optional<Hash128> successor;
        Optional<Integer> placeOfSuccessor;
        writing.lock();
        try {
            place = known.place(key);
            successor = known.successor(key);
            placeOfSuccessor = successor.flatMap(known::place);
        } finally {
            writing.unlock();
        }
        if (place.isEmpty()) {
            return Optional.empty();
        }
        var by = placeOfSuccessor.flatMap(at -> documents.find(at, successor.orElseThrow()));
        return documents
                .find(place.get(), key)
                .map(stored -> new Found(
                        stored.entry(),
                        stored.receivedAt(),
                        place.get(),
                        by.map(later -> later.entry().event().key()).orElse(null)));
    }
}
