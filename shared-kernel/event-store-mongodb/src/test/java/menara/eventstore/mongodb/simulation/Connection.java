package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import menara.eventstore.mongodb.simulation.Faults.Fault;
import menara.eventstore.mongodb.simulation.ReplicaSet.Fate;
import org.jspecify.annotations.Nullable;

/** What a process has of the servers: it sends, and hears in time, late or never what became of it. */
final class Connection {

    static final ServerAddress ADDRESS = new ServerAddress("simulated");

    private final SimulatedProcess process;
    private final Scheduler scheduler;
    private final ReplicaSet servers;
    private final Faults faults;
    private final History history;
    private boolean healed;

    /** Until then the process talks to a primary that is none any more. */
    private long behindUntil;

    /** What that one knows to be confirmed. */
    private long behindAt;

    private long cutOffUntil;

    Connection(SimulatedProcess process, Scheduler scheduler, ReplicaSet servers, Faults faults, History history) {
        this.process = process;
        this.scheduler = scheduler;
        this.servers = servers;
        this.faults = faults;
        this.history = history;
    }

    /** No more faults. */
    void heal() {
        healed = true;
        cutOffUntil = 0;
        behindUntil = 0;
    }

    /** Nothing gets through for a while, and nobody says so. */
    void cutOff(long nanos) {
        cutOffUntil = scheduler.now() + nanos;
    }

    /** The process does not hear of an election for a while: it reads what was confirmed before, and what it writes is lost. */
    void stayBehind(long nanos) {
        behindUntil = scheduler.now() + nanos;
        behindAt = servers.shown();
    }

    private boolean isBehind() {
        return scheduler.now() < behindUntil;
    }

    /** A call under way. */
    private final class Call<T> {

        private final Supplier<String> what;
        private final Thread caller = Thread.currentThread();
        private final long deadline;
        private final Fault fault;
        private @Nullable T result;
        private @Nullable MongoException failure;
        private boolean performed;
        private long write;
        private int term;

        Call(Supplier<String> what, long timeoutNanos) {
            this.what = what;
            deadline = scheduler.now() + timeoutNanos;
            fault = scheduler.now() < cutOffUntil ? Fault.SWALLOWED : healed ? Fault.NONE : faults.next();
            history.tell(() -> "    %s asks: %s%s"
                    .formatted(process.name(), what.get(), fault == Fault.NONE ? "" : ", which is " + fault));
        }

        private void awaitOrTimeOut(BooleanSupplier come) {
            if (!process.waitFor(come, deadline - scheduler.now())) {
                throw new MongoOperationTimeoutException("no answer in time");
            }
        }

        private void awaitChange(BooleanSupplier come) {
            awaitOrTimeOut(() -> {
                boolean changed = come.getAsBoolean();
                if (!changed) {
                    servers.waitHere(caller);
                }
                return changed;
            });
        }

        /** Sends it, unless it is lost on its way. What was sent is done, whatever becomes of the caller. */
        void send(Supplier<T> work) {
            awaitChange(() -> isBehind() || servers.hasPrimary());
            boolean behind = isBehind();
            switch (fault) {
                case SWALLOWED -> hang();
                case REQUEST_LOST -> loseConnection();
                case LATE -> {
                    arrive(faults.lateness(), behind, work);
                    loseConnection();
                }
                case NONE, REPLY_LOST, TWICE -> {
                    arrive(faults.travel(), behind, work);
                    awaitOrTimeOut(() -> performed);
                }
            }
        }

        private void arrive(long after, boolean behind, Supplier<T> work) {
            int sentIn = servers.term();
            scheduler.at(scheduler.now() + after, () -> {
                if (!behind && (sentIn != servers.term() || !servers.hasPrimary())) {
                    failure = lostConnection();
                } else {
                    perform(work);
                }
                performed = true;
                LockSupport.unpark(caller);
            });
        }

        private void perform(Supplier<T> work) {
            long before = servers.written();
            term = servers.term();
            try {
                result = work.get();
                history.tell(() -> "    %s is done: %s: %s".formatted(process.name(), what.get(), result));
            } catch (MongoException e) {
                failure = e;
                history.tell(() -> "    %s is refused: %s: %s".formatted(process.name(), what.get(), e.getMessage()));
            }
            long after = servers.written();
            if (after > before) {
                write = after;
                replicate(after, term);
            }
        }

        private void arriveAgain(Supplier<T> work) {
            scheduler.at(scheduler.now() + faults.lateness(), () -> {
                if (servers.hasPrimary()) {
                    new Call<T>(what, 0).perform(work);
                }
            });
        }

        @SuppressWarnings("NullAway") // some answers are null
        T reply() {
            if (write > 0) {
                awaitChange(() -> servers.fate(write, term) != Fate.OPEN);
                if (servers.fate(write, term) == Fate.LOST_FROM_SIGHT) {
                    throw lostConnection();
                }
            }
            if (fault == Fault.REPLY_LOST || fault == Fault.TWICE) {
                loseConnection();
            }
            travel(healed ? 0 : faults.travel());
            if (failure != null) {
                throw failure;
            }
            return result;
        }

        private void loseConnection() {
            travel(faults.travel());
            throw lostConnection();
        }

        /** Nobody waits for an answer, or to hear that there is none, for longer than the call may take. */
        private void travel(long nanos) {
            if (scheduler.now() + nanos > deadline) {
                hang();
            }
            process.sleep(nanos);
        }

        void hang() {
            awaitOrTimeOut(() -> false);
        }
    }

    private static MongoSocketReadException lostConnection() {
        return new MongoSocketReadException("the connection ended", ADDRESS);
    }

    private void replicate(long write, int term) {
        long after = healed ? 0 : faults.replication();
        scheduler.at(scheduler.now() + after, () -> servers.replicate(write, term));
    }

    /** Reads what the primary that the process knows takes for confirmed. */
    <T> T read(Supplier<String> what, long timeoutNanos, LongFunction<T> state) {
        var call = new Call<T>(what, timeoutNanos);
        call.send(() -> state.apply(isBehind() ? behindAt : servers.shown()));
        return call.reply();
    }

    /** Reads what the primary has written, after a majority has confirmed it as its primary. */
    <T> T readLinearizably(Supplier<String> what, long timeoutNanos, LongFunction<T> state) {
        var call = new Call<T>(what, timeoutNanos);
        int term = servers.term();
        if (isBehind()) {
            call.hang();
        }
        long written = servers.written();
        call.awaitChange(() -> servers.term() != term || servers.shown() >= written);
        call.send(() -> {
            if (isBehind() || servers.term() != term) {
                throw lostConnection(); // the others have another primary, so that nobody confirms it as theirs
            }
            return state.apply(servers.shown());
        });
        return call.reply();
    }

    /** @param work changes the servers, and may be done twice or by nobody */
    <T> T write(Supplier<String> what, long timeoutNanos, Supplier<T> work) {
        var call = new Call<T>(what, timeoutNanos);
        if (isBehind()) {
            process.sleep(Math.min(behindUntil, call.deadline) - scheduler.now());
            throw lostConnection();
        }
        call.send(work);
        if (call.fault == Fault.TWICE) {
            call.arriveAgain(work);
        }
        return call.reply();
    }
}
