package menara.eventstore.mongodb.commitlog;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one log, and whether they still are the ones that this process has read. A failed check is final: a process that is
 * ahead of the log must restart.
 */
public final class CommitLog<C extends Committed> {

    /** How often the last commit is checked while nothing seems wrong: a driver may retry silently. */
    private static final long VERIFY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Most commits remembered since the last check: a process that catches up may read more, and then the last of many stands for them. */
    private static final int MAX_TAKEN = 4_096;

    private final String name;
    private final MongoCollection<C> commits;
    private final Machine machine;

    /**
     * Commits read since the last check, with the last one before. All must still exist: after a rollback the last commit alone may be a
     * new one, written after the lost ones.
     */
    private final Deque<Seen> taken = new ArrayDeque<>();

    private volatile @Nullable LogWentBack wentBack;

    /** A connection was lost: the next one may reach an older state of the database. */
    private volatile boolean suspect;

    private volatile long verifiedAt;

    public CommitLog(String name, MongoCollection<C> commits, Machine machine) {
        this.name = name;
        this.commits = commits;
        this.machine = machine;
        this.verifiedAt = machine.nanoTime();
    }

    public String name() {
        return name;
    }

    public Machine machine() {
        return machine;
    }

    public MongoCollection<C> commits() {
        return commits;
    }

    /** Called for each commit in order, after it was read or written, and for the last one when the log is opened. */
    public void took(Seen commit) {
        synchronized (taken) {
            if (taken.size() == MAX_TAKEN) {
                taken.removeLast();
            }
            taken.addLast(commit);
        }
    }

    private List<Seen> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** Another thread may have checked at the same time, and more commits. */
    private void areThere(List<Seen> found) {
        synchronized (taken) {
            if (!found.isEmpty() && taken.contains(found.getLast())) {
                while (!found.getLast().equals(taken.getFirst())) {
                    taken.removeFirst();
                }
            }
        }
    }

    /** Called after a fault of the database. */
    public void suspect() {
        suspect = true;
    }

    /** @throws LogWentBack if the log is known to have gone back */
    public void throwIfWentBack() {
        var known = wentBack;
        if (known != null) {
            throw known;
        }
    }

    /** {@link #verify} if there is a reason. */
    public void verifyIfSuspect(Deadline deadline) {
        throwIfWentBack();
        if (suspect) {
            verify(deadline);
        }
    }

    /** {@link #verify} if there is a reason, or if the last check is some time ago. */
    public void verifyIfDue(Deadline deadline) {
        throwIfWentBack();
        if (suspect || machine.nanoTime() - verifiedAt > VERIFY_NANOS) {
            verify(deadline);
        }
    }

    /**
     * Checks that the last commits that this process knows still exist.
     *
     * @throws LogWentBack if it is not
     */
    public void verify(Deadline deadline) {
        throwIfWentBack();
        var known = taken();
        var lost = firstLost(known, deadline);
        if (lost.isPresent()) {
            throw wentBack(
                    LogWentBack.without(name, lost.get().place(), lost.get().id()));
        }
        areThere(known);
        suspect = false;
        verifiedAt = machine.nanoTime();
    }

    private Optional<Seen> firstLost(List<Seen> known, Deadline deadline) {
        var missing = missing(known, deadline);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        // A primary that was just elected did not show everything at first; it does now that it has answered
        // linearizably. If one is gone, others may merely not be visible yet, so the error names one that is gone.
        Guarantees.latest(deadline.within(commits))
                .find(eq(missing.getLast().place()))
                .projection(include(CommitFields.ID))
                .first();
        return missing(missing, deadline).stream().findFirst();
    }

    private List<Seen> missing(List<Seen> known, Deadline deadline) {
        if (known.isEmpty()) {
            return known;
        }
        var found = new HashMap<Object, UUID>();
        deadline.within(commits)
                .find(in("_id", known.stream().map(Seen::place).toList()))
                .projection(include(CommitFields.ID))
                .forEach(commit -> found.put(commit.place(), commit.id()));
        return known.stream()
                .filter(seen -> !seen.id().equals(found.get(seen.place())))
                .toList();
    }

    /** Whether a commit still exists. */
    public boolean holds(Seen seen, Deadline deadline) {
        return isIn(deadline.within(commits), seen) || isIn(Guarantees.latest(deadline.within(commits)), seen);
    }

    private boolean isIn(MongoCollection<C> log, Seen seen) {
        var found =
                log.find(eq(seen.place())).projection(include(CommitFields.ID)).first();
        return found != null && found.id().equals(seen.id());
    }

    /** The log continues differently from what this process has read. */
    public LogWentBack goesOnOtherwise(Object place) {
        return wentBack(LogWentBack.otherwise(name, place));
    }

    private LogWentBack wentBack(LogWentBack found) {
        wentBack = found;
        return found;
    }
}
