package menara.eventstore.mongodb.commitlog;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one log, and whether they still are those that this process has seen. What was found once is not looked for again:
 * whoever has seen more than the log holds must start anew.
 */
public final class CommitLog<C extends Committed> {

    /** How often the last commit is looked for again while nothing seems wrong: a driver tries again by itself, and says nothing. */
    private static final long VERIFY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final MongoCollection<C> commits;
    private final Supplier<Optional<Seen>> last;
    private final Machine machine;

    private volatile @Nullable LogWentBack wentBack;

    /** A connection was lost: behind it may be another state of the database. */
    private volatile boolean suspect;

    private volatile long verifiedAt;

    /** @param last the last commit that this process knows; empty at the beginning of the log */
    public CommitLog(String name, MongoCollection<C> commits, Supplier<Optional<Seen>> last, Machine machine) {
        this.name = name;
        this.commits = commits;
        this.last = last;
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

    /** To be told by whoever met a fault of the database. */
    public void suspect() {
        suspect = true;
    }

    /** @throws LogWentBack if it is known that the log is not the one any more whose end this process knows */
    public void throwIfWentBack() {
        var known = wentBack;
        if (known != null) {
            throw known;
        }
    }

    /** {@link #verify} if there is reason to look. */
    public void verifyIfSuspect(Deadline deadline) {
        throwIfWentBack();
        if (suspect) {
            verify(deadline);
        }
    }

    /** {@link #verify} if there is reason to look, or nobody has looked for a while. */
    public void verifyIfDue(Deadline deadline) {
        throwIfWentBack();
        if (suspect || machine.nanoTime() - verifiedAt > VERIFY_NANOS) {
            verify(deadline);
        }
    }

    /**
     * Looks whether the last commit that this process knows is still there.
     *
     * @throws LogWentBack if it is not
     */
    public void verify(Deadline deadline) {
        throwIfWentBack();
        var known = last.get();
        if (known.isPresent() && !holds(known.get(), deadline)) {
            throw wentBack(
                    LogWentBack.without(name, known.get().place(), known.get().id()));
        }
        suspect = false;
        verifiedAt = machine.nanoTime();
    }

    /** Whether a commit is still there. */
    public boolean holds(Seen seen, Deadline deadline) {
        return isIn(deadline.within(commits), seen) || isIn(Guarantees.latest(deadline.within(commits)), seen);
    }

    private boolean isIn(MongoCollection<C> log, Seen seen) {
        var found =
                log.find(eq(seen.place())).projection(include(CommitFields.ID)).first();
        return found != null && found.id().equals(seen.id());
    }

    /** The log goes on otherwise than this process has seen. */
    public LogWentBack goesOnOtherwise(Object place) {
        return wentBack(LogWentBack.otherwise(name, place));
    }

    private LogWentBack wentBack(LogWentBack found) {
        wentBack = found;
        return found;
    }
}
