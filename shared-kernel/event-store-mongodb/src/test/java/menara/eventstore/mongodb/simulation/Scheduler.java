package menara.eventstore.mongodb.simulation;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Decides who goes on and what time it is. Everything runs on virtual threads whose one carrier is the thread of the test: between two
 * places where a thread waits nobody else does anything, and who is next is drawn from the seed. Time passes only when nobody can go on.
 */
final class Scheduler {

    /** Turns of one history: far more than any needs, so a history that takes them all goes round in a circle. */
    private static final int MAX_TURNS = 2_000_000;

    private static final Constructor<?> BUILDER = builder();

    private final Random random;
    private final List<Turn> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long now;
    private long timersMade;
    private int turns;

    /** The continuation of a thread that may go on, of a process that may be dead when its turn comes. */
    private record Turn(SimulatedProcess process, Runnable continuation) {}

    /** Something that happens at a time. */
    static final class Timer implements Comparable<Timer> {

        private final long at;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        private Timer(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Scheduler(Random random) {
        this.random = random;
    }

    /** Java lets nobody choose the scheduler of a virtual thread but itself; {@code --add-opens java.base/java.lang} makes an exception. */
    private static Constructor<?> builder() {
        try {
            var found = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK makes no virtual threads with a scheduler of ours", e);
        }
    }

    Thread.Builder.OfVirtual threadsOf(SimulatedProcess process) {
        try {
            Executor turns = continuation -> ready.add(new Turn(process, continuation));
            return (Thread.Builder.OfVirtual) BUILDER.newInstance(turns);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nanoseconds since the beginning of the history. */
    long now() {
        return now;
    }

    Random random() {
        return random;
    }

    Timer at(long time, Runnable action) {
        var timer = new Timer(time, timersMade++, action);
        timers.add(timer);
        return timer;
    }

    /**
     * Lets everybody go on until {@code done}.
     *
     * @return false if nobody can go on any more, or the history goes round in a circle
     */
    boolean runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (++turns > MAX_TURNS || (ready.isEmpty() && !passTime())) {
                return false;
            }
            if (!ready.isEmpty()) {
                takeTurn();
            }
        }
        return true;
    }

    private void takeTurn() {
        int chosen = random.nextInt(ready.size());
        var turn = ready.get(chosen);
        ready.set(chosen, ready.getLast());
        ready.removeLast();
        if (turn.process().isAlive()) {
            turn.continuation().run();
        }
    }

    private boolean passTime() {
        var next = timers.poll();
        while (next != null && next.cancelled) {
            next = timers.poll();
        }
        if (next == null) {
            return false;
        }
        now = Math.max(now, next.at);
        next.action.run();
        return true;
    }
}
