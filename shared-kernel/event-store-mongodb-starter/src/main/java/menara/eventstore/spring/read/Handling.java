package menara.eventstore.spring.read;

import java.util.Optional;
import menara.eventstore.mongodb.due.MongoDueDates;

/** Marks a thread that handles an event, as opposed to one that serves a request. */
public final class Handling {

    /**
     * @param fence fence of the event; empty if its position is not known
     * @param batch gathers changes of read models; empty if each change is written at once
     */
    private record Handled(Optional<Fence> fence, Optional<Batch> batch) {}

    private static final ScopedValue<Handled> UNDER_WAY = ScopedValue.newInstance();

    private Handling() {}

    /** @param fence fence of the event; empty if its position is not known */
    public static void run(Optional<Fence> fence, Runnable handler) {
        run(fence, Optional.empty(), handler);
    }

    /** @param batch gathers changes of read models; empty to write each change at once */
    public static void run(Optional<Fence> fence, Optional<Batch> batch, Runnable handler) {
        ScopedValue.where(UNDER_WAY, new Handled(fence, batch)).run(handler);
    }

    public static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }

    /** The event that is handled now, as the setter of a due date; empty outside of one. */
    public static Optional<MongoDueDates.After> event() {
        return fence().map(fence -> new MongoDueDates.After(fence.sequence(), fence.mark()));
    }

    /** The fence of the event that is handled now; empty outside of one. */
    static Optional<Fence> fence() {
        return isUnderWay() ? UNDER_WAY.get().fence() : Optional.empty();
    }

    /** The batch that gathers the changes of the present event; empty if they are written at once. */
    static Optional<Batch> batch() {
        return isUnderWay() ? UNDER_WAY.get().batch() : Optional.empty();
    }

    /** Writes the changes gathered so far: before a read, and before a command whose handler may read them. */
    public static void writeGathered() {
        batch().ifPresent(Batch::write);
    }
}
