package menara.eventstore.mongodb.log;

import com.mongodb.MongoException;
import java.util.Optional;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.machine.Rounds;

/** Looks at the end of a log again and again, takes in what others have appended, and wakes those who follow. */
final class Tail implements AutoCloseable {

    /** Looks without news after which the log counts as idle. */
    private static final int QUIET_POLLS = 250;

    private final EventLog log;
    private final Limits limits;
    private final Rounds rounds;

    // Of the thread of the rounds.
    private int quietPolls;
    private long seen;

    Tail(EventLog log, Limits limits, Machine machine) {
        this.log = log;
        this.limits = limits;
        this.rounds = new Rounds("tail-" + log.name(), this::look, machine);
    }

    void start() {
        seen = log.recent().head();
        rounds.start();
    }

    boolean isOpen() {
        return rounds.isOpen();
    }

    /** Why the log cannot be followed now; empty if nothing is wrong. */
    Optional<Throwable> fault() {
        return rounds.fault();
    }

    /** One look at the head. */
    private long look() {
        try {
            log.commits().verifyIfDue(Deadline.NONE);
            // If this process has moved the head itself meanwhile, nobody else was in between: that was as good as
            // asking.
            if (log.recent().head() == seen) {
                log.catchUp();
            }
        } catch (MongoException e) {
            log.commits().suspect();
            throw e;
        } catch (LogWentBack e) {
            log.wakeStreams(); // their readers must hear of it
            throw e;
        }
        long head = log.recent().head();
        if (head > seen) {
            quietPolls = 0;
            log.wakeStreams();
        } else {
            quietPolls++;
        }
        seen = head;
        return (quietPolls < QUIET_POLLS ? limits.activePoll() : limits.idlePoll()).toNanos();
    }

    @Override
    public void close() {
        rounds.close();
    }
}
