package menara.eventstore.mongodb.database;

import com.mongodb.client.MongoCollection;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.machine.Machine;

/** Until when a caller waits for calls to the database. */
public interface Deadline {

    /** No deadline beyond the limit of each call. */
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

    /** The collection, with a limit of half the time left for each call, so that after a lost call there is time for another connection. */
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
                // Zero would mean no limit.
                return half >= limits.callTimeout().toMillis()
                        ? log
                        : log.withTimeout(Math.max(1, half), TimeUnit.MILLISECONDS);
            }
        };
    }
}
