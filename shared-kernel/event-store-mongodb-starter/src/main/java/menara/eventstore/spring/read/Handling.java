package menara.eventstore.spring.read;

import java.util.Optional;
import menara.eventstore.mongodb.due.MongoDueDates;

/** Marks a thread that handles an event, as opposed to one that serves a request. */
public final class Handling {

    /**
     * @param fence what the event may not write behind; empty for one whose position is not known
     * @param batch gathers what is written to read models; empty where each change is written at once
     */
    private record Handled(Optional<Fence> fence, Optional<Batch> batch) {}

    private static final ScopedValue<Handled> UNDER_WAY = ScopedValue.newInstance();

    private Handling() {}

    /** @param fence what the event may not write behind; empty for one whose position is not known */
    public static void run(Optional<Fence> fence, Runnable handler) {
        run(fence, Optional.empty(), handler);
    }

    /** @param batch gathers what is written to read models; empty to write each change at once */
    public static void run(Optional<Fence> fence, Optional<Batch> batch, Runnable handler) {
        ScopedValue.where(UNDER_WAY, new Handled(fence, batch)).run(handler);
    }

    public static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }

    /** The event that is handled now, as what sets a date; empty outside. */
    public static Optional<MongoDueDates.After> event() {
        return fence().map(fence -> new MongoDueDates.After(fence.sequence(), fence.mark()));
    }

    /** Of the event that is handled now; empty outside. */
    static Optional<Fence> fence() {
        return isUnderWay() ? UNDER_WAY.get().fence() : Optional.empty();
    }

    /** Where the event that is handled now leaves its changes; empty if they are written at once. */
    static Optional<Batch> batch() {
        return isUnderWay() ? UNDER_WAY.get().batch() : Optional.empty();
    }

    /** Writes what was gathered so far: before something is read, and before somebody is set to work who may read it. */
    public static void writeGathered() {
        batch().ifPresent(Batch::write);
    }
}
