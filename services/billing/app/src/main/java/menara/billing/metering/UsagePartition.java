package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.billing.catalogue.Meter;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A log of accepted events: documents {@code _id = partition|n}, n without a gap. Whoever writes at n has read everything before n and
 * knows every key in it, so the unique {@code _id} makes sure that an event is accepted once, whatever instances there are.
 */
final class UsagePartition {

    /** Events of one document: 0.9 MB. Requests that wait for each other share one. */
    static final int MAX_EVENTS_PER_DOCUMENT = 8_192;

    private static final int WINDOW = 64;

    private final int number;
    private final MongoCollection<Document> log;
    private final Function<String, Meter> meters;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Submission> waiting = new ConcurrentLinkedQueue<>();

    // Guarded by writing.
    private final EventIndex index = new EventIndex();
    private final Map<Hash128, Hash128> successors = new HashMap<>();
    private final Map<Hash128, Boolean> retractions = new HashMap<>();
    private int next;

    UsagePartition(int number, MongoCollection<Document> log, Function<String, Meter> meters) {
        this.number = number;
        this.log = log;
        this.meters = meters;
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
        RETRACTED
    }

    /**
     * @param verdicts one for each event, in order
     * @param until place behind everything the verdicts rest on
     */
    record Outcome(List<Verdict> verdicts, int until) {}

    private record Submission(List<UsageEntry> entries, Instant receivedAt, CompletableFuture<Outcome> outcome) {}

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
        for (var first = waiting.peek();
                first != null && (taken.isEmpty() || events + first.entries().size() <= MAX_EVENTS_PER_DOCUMENT);
                first = waiting.peek()) {
            taken.add(first);
            events += first.entries().size();
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
                    accepted.forEach(this::forget);
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
        int slot = index.slot(entry.key());
        if (slot >= 0) {
            return index.content(slot) == entry.content() ? Verdict.DUPLICATE : Verdict.CONFLICT;
        }
        var superseding = entry;
        var named = entry.event().superseded();
        if (named.isPresent()) {
            var head = head(Hash128.of(named.get()));
            if (index.slot(head) < 0) {
                return Verdict.NOTHING_TO_SUPERSEDE;
            }
            if (retractions.containsKey(head)) {
                return Verdict.RETRACTED;
            }
            superseding = entry.superseding(head);
        }
        remember(superseding, next);
        accepted.add(superseding);
        return Verdict.ACCEPTED;
    }

    private Hash128 head(Hash128 key) {
        var head = key;
        for (var later = successors.get(head); later != null; later = successors.get(head)) {
            head = later;
        }
        return head;
    }

    private void remember(UsageEntry entry, int place) {
        index.put(entry.key(), entry.content(), place);
        if (entry.head() != null) {
            successors.put(entry.head(), entry.key());
        }
        if (entry.event().kind() == UsageEvent.Kind.RETRACTION) {
            retractions.put(entry.key(), true);
        }
    }

    private void forget(UsageEntry entry) {
        index.forget(entry.key());
        retractions.remove(entry.key());
        if (entry.head() != null) {
            successors.remove(entry.head());
        }
    }

    private boolean insert(List<UsageEntry> entries, Instant receivedAt) {
        try {
            log.insertOne(new Document("_id", id(next))
                    .append("at", receivedAt.toEpochMilli())
                    .append("count", entries.size())
                    .append("events", new Binary(UsageCodec.encode(entries))));
            next++;
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    private String id(int n) {
        return number + "|" + n;
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
            var documents = read(next, WINDOW);
            found = documents.size();
            for (var document : documents) {
                int place = next;
                entries(document).forEach(entry -> remember(entry, place));
                next++;
            }
        } while (found == WINDOW);
    }

    /** Place behind the last document that is known here. */
    int end() {
        writing.lock();
        try {
            return next;
        } finally {
            writing.unlock();
        }
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    List<UsageEntry> entries(int from, int until) {
        var entries = new ArrayList<UsageEntry>();
        for (int at = from; at < until; at += WINDOW) {
            read(at, Math.min(WINDOW, until - at)).forEach(document -> entries.addAll(entries(document)));
        }
        return entries;
    }

    private List<Document> read(int from, int window) {
        var ids = IntStream.range(from, from + window).mapToObj(this::id).toList();
        var byId = new HashMap<String, Document>();
        log.find(in("_id", ids)).forEach(document -> byId.put(document.getString("_id"), document));
        return ids.stream().takeWhile(byId::containsKey).map(byId::get).toList();
    }

    private List<UsageEntry> entries(Document document) {
        return UsageCodec.decode(document.get("events", Binary.class).getData(), meters);
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
        int place;
        Hash128 successor;
        writing.lock();
        try {
            int slot = index.slot(key);
            if (slot < 0) {
                return Optional.empty();
            }
            place = index.place(slot);
            successor = successors.get(key);
        } finally {
            writing.unlock();
        }
        var document = log.find(eq("_id", id(place))).first();
        if (document == null) {
            throw new IllegalStateException("document %s of the usage log is gone".formatted(id(place)));
        }
        var supersededBy = successor == null
                ? null
                : find(successor).map(found -> found.entry().event().key()).orElse(null);
        return entries(document).stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(entry -> new Found(entry, Instant.ofEpochMilli(document.getLong("at")), place, supersededBy));
    }
}
