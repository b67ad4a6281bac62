package menara.eventstore.mongodb.log;

import com.mongodb.MongoException;
import java.util.Optional;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.machine.Rounds;

/** Polls the end of a log, reads what other processes appended, and wakes the followers. */
final class Tail implements AutoCloseable {

    /** Polls without news after which the log counts as idle. */
    private static final int QUIET_POLLS = 250;

    private final EventLog log;
    private final Limits limits;
    private final Rounds rounds;

    // Used by the thread of the rounds only.
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

    /** Reads the head once. */
    private long look() {
        try {
            log.commits().verifyIfDue(Deadline.NONE);
            // If this process moved the head meanwhile, no other writer was in between, so no read is needed.
            if (log.recent().head() == seen) {
                log.catchUp();
            }
        } catch (MongoException e) {
            log.commits().suspect();
            throw e;
        } catch (LogWentBack e) {
            log.wakeStreams(); // readers must learn of the fault
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
