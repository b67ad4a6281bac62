package menara.eventstore.mongodb.database;

import com.mongodb.client.MongoCollection;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.machine.Machine;

/** Until when somebody waits for what calls to the database are made for. */
public interface Deadline {

    /** Nobody waits, or for no longer than each call may take. */
    Deadline NONE = new Deadline() {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public long nanosLeft() {
            return Long.MAX_VALUE;
        }

        @Override
        public <T> MongoCollection<T> within(MongoCollection<T> log) {
            return log;
        }
    };

    boolean isOver();

    /** Negative if it is over. */
    long nanosLeft();

    /** The log, for calls that take half of what is left at most: a connection that swallows one must leave time to ask on another. */
    <T> MongoCollection<T> within(MongoCollection<T> log);

    /** @param since {@link Machine#nanoTime()} from when {@link Limits#outcomeTimeout()} counts */
    static Deadline ofOutcome(Machine machine, Limits limits, long since) {
        long end = since + limits.outcomeTimeout().toNanos();
        return new Deadline() {
            @Override
            public boolean isOver() {
                return machine.nanoTime() - end > 0;
            }

            @Override
            public long nanosLeft() {
                return end - machine.nanoTime();
            }

            @Override
            public <T> MongoCollection<T> within(MongoCollection<T> log) {
                long half = TimeUnit.NANOSECONDS.toMillis(nanosLeft()) / 2;
                // None at all would mean to wait for ever.
                return half >= limits.callTimeout().toMillis()
                        ? log
                        : log.withTimeout(Math.max(1, half), TimeUnit.MILLISECONDS);
            }
        };
    }
}
