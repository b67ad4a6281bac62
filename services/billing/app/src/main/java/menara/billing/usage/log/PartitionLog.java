package menara.billing.usage.log;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageCodec;
import menara.billing.usage.events.UsageDocument;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.keys.KnownEvents;
import menara.billing.usage.keys.SealedKeys;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.commitlog.CommitLog;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.commitlog.Seen;
import menara.eventstore.mongodb.database.BoundedLock;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import menara.platform.time.IdFactory;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The documents of a partition as far as this instance has read them, and the facts of their events. */
final class PartitionLog {

    private final int begin;
    private final UsageDocuments documents;
    private final SealedKeys sealed;
    private final CommitLog<UsageDocument> commits;
    private final RecentEntries recent = new RecentEntries();
    private final BoundedLock lock = new BoundedLock();

    // Guarded by the lock.
    private final KnownEvents known;
    private final MeteringWork work;

    /** Written under the lock, read without it. */
    private volatile LogEnd end;

    /**
     * @param before the closed log that this one continues; null if it continues none
     * @param keys the facts of events of older documents
     * @param eventsPerPiece events that are whole in memory before they are sealed, the same for all instances for ever
     */
    PartitionLog(
            int number,
            @Nullable PartitionLog before,
            MongoCollection<UsageDocument> log,
            MongoCollection<Document> keys,
            Function<String, Meter> meters,
            IdFactory ids,
            int eventsPerPiece) {
        this.begin = before == null ? 0 : before.end();
        this.documents = new UsageDocuments(number, begin, before == null ? null : before.documents, log, meters, ids);
        this.sealed = new SealedKeys(number, before == null ? null : before.sealed, keys, ids);
        this.known = new KnownEvents(sealed, eventsPerPiece);
        this.commits = new CommitLog<>("usage_log, partition %d".formatted(number), log, Machine.REAL);
        this.end = endOfSealed();
        Optional.ofNullable(end.last()).ifPresent(commits::took);
        this.work = new MeteringWork(end.next());
        if (before != null) {
            before.handLateTo(known);
        }
        rememberWhatCouldNotBeRead();
    }

    /** The sealed keys name documents that are gone: anything written after them would never be found. */
    private LogEnd endOfSealed() {
        int next = sealed.end();
        if (next == begin) {
            return new LogEnd(next, null, false);
        }
        var last = at(next - 1);
        if (!sealed.last().equals(Committed.NO_COMMIT) && !sealed.last().equals(last.id())) {
            throw LogWentBack.derived(commits.name(), documents.id(next - 1));
        }
        return LogEnd.behind(next - 1, last, last.closes());
    }

    /** A document that was read before, without its events. */
    private UsageDocument at(int place) {
        return documents.headAt(place).orElseThrow(() -> LogWentBack.derived(commits.name(), documents.id(place)));
    }

    private void handLateTo(KnownEvents next) {
        locked(() -> {
            next.takeLate(known);
            return next;
        });
    }

    /** A document that was damaged when its piece was sealed may be mended since. */
    private void rememberWhatCouldNotBeRead() {
        for (int place : sealed.unreadable()) {
            for (var document : documents.marks(place, 1, Deadline.NONE)) {
                for (var mark : document.marks()) {
                    if (!known.isThere(mark.key())) {
                        known.rememberLate(mark, place);
                    }
                }
            }
        }
        known.endStep();
    }

    /** Runs an action while no other thread writes, reads on, or looks up events. */
    <T> T locked(Supplier<T> work) {
        return lock.locked(work);
    }

    /** The same with a limit on the wait, including that for the lock. */
    <T> T locked(Deadline deadline, Supplier<T> work) {
        return lock.locked(deadline, work);
    }

    /** Under the lock. */
    KnownEvents known() {
        return known;
    }

    SealedKeys sealed() {
        return sealed;
    }

    UsageDocuments documents() {
        return documents;
    }

    CommitLog<UsageDocument> commits() {
        return commits;
    }

    /** Place of its first document. */
    int begin() {
        return begin;
    }

    /** Place behind the last document that is known here. */
    int end() {
        return end.next();
    }

    boolean isClosed() {
        return end.closed();
    }

    UUID lastId() {
        return end.lastId();
    }

    /**
     * The id of a document that was read before.
     *
     * @throws LogWentBack if it is no longer there
     */
    UUID idAt(int place) {
        var known = end;
        return place == known.next() - 1 ? known.lastId() : at(place).id();
    }

    /** Reads what other instances wrote. */
    void refresh(Deadline deadline) {
        commits.verifyIfDue(deadline);
        locked(deadline, () -> {
            catchUp(deadline);
            return end;
        });
    }

    /** The same, under the lock. */
    void catchUp(Deadline deadline) {
        try {
            boolean more = !end.closed();
            while (more) {
                var marked = documents.marks(end.next(), deadline);
                known.within(deadline);
                keep(marked);
                sealTooMuch(deadline);
                more = marked.size() == UsageDocuments.WINDOW && !end.closed();
            }
        } catch (MongoException e) {
            commits.suspect();
            throw e;
        }
    }

    private void keep(List<UsageDocuments.Marked> marked) {
        known.lookUp(marked.stream()
                .flatMap(document -> document.marks().stream())
                .flatMap(mark -> Stream.ofNullable(mark.head()))
                .toList());
        for (var document : marked) {
            if (!document.follows(lastId())) {
                throw commits.goesOnOtherwise(document.place());
            }
            int place = end.next();
            if (!document.isReadable()) {
                known.cannotRead(place);
            }
            document.marks().forEach(mark -> known.remember(mark, place));
            passed(document);
        }
        known.endStep();
    }

    /** Adds a document that this instance wrote at the end of the log, with the facts of its events. */
    void written(UsageDocument document, List<UsageEntry> entries) {
        recent.keep(end.next(), entries);
        passed(UsageDocuments.Marked.of(
                document,
                entries.stream().map(UsageCodec.Mark::of).toList(),
                document.events().length()));
    }

    private void passed(UsageDocuments.Marked document) {
        work.add(MeteringWork.of(document));
        var behind = LogEnd.behind(end.next(), document, document.closes());
        known.passed(document.events(), behind.next(), document.id());
        if (document.closes()) {
            known.closed(behind.next(), document.id());
        }
        end = behind;
        commits.took(new Seen(document.place(), document.id()));
    }

    /** End of the batch that starts at {@code from}: at least one document, then as many as the work limit allows. */
    int batchEnd(int from, int maxDocuments, int maxWork) {
        if (from < work.from()) {
            // Written before this instance looked: read as they pass.
            return from + MeteringWork.documents(documents.marks(from, Deadline.NONE), maxWork);
        }
        return locked(() -> work.batchEnd(from, maxDocuments, maxWork));
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    List<UsageEntry> entries(int from, int until, UsageDocuments.Unreadable unreadable, Deadline deadline) {
        var entries = new ArrayList<UsageEntry>();
        int at = from;
        for (var one : recent.between(from, until).entrySet()) {
            entries.addAll(documents.entries(at, one.getKey(), unreadable, deadline));
            entries.addAll(one.getValue());
            at = one.getKey() + 1;
        }
        entries.addAll(documents.entries(at, until, unreadable, deadline));
        return entries;
    }

    /** The documents before {@code until} are counted. */
    void counted(int until) {
        recent.counted(until);
    }

    /** Seals the oldest full piece of the log without blocking others; false if there is none. */
    boolean seal() {
        var piece = locked(() -> Optional.ofNullable(known.toSeal()));
        piece.ifPresent(full -> {
            var missing = sealed.seal(full, Deadline.NONE);
            locked(() -> {
                known.isSealed(full, missing);
                return full;
            });
        });
        return piece.isPresent();
    }

    /** Called under the lock, before a write or read that needs more memory. */
    void sealTooMuch(Deadline deadline) {
        while (known.holdsTooMuch()) {
            sealNext(deadline);
        }
    }

    void sealAll(Deadline deadline) {
        while (known.toSeal() != null) {
            sealNext(deadline);
        }
    }

    private void sealNext(Deadline deadline) {
        var piece = requireNonNull(known.toSeal());
        known.isSealed(piece, sealed.seal(piece, deadline));
    }
}
