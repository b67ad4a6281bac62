package menara.eventstore.spring;

import java.util.Optional;
import menara.eventstore.mongodb.due.MongoDueDates;

/** Marks a thread that handles an event, as opposed to one that serves a request. */
final class Handling {

    private static final ScopedValue<Optional<Fence>> UNDER_WAY = ScopedValue.newInstance();

    private Handling() {}

    /** @param fence what the event may not write behind; empty for one whose position is not known */
    static void run(Optional<Fence> fence, Runnable handler) {
        ScopedValue.where(UNDER_WAY, fence).run(handler);
    }

    static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }

    /** The event that is handled now, as what sets a date; empty outside. */
    static Optional<MongoDueDates.After> event() {
        return fence().map(fence -> new MongoDueDates.After(fence.sequence(), fence.mark()));
    }

    /** Of the event that is handled now; empty outside. */
    static Optional<Fence> fence() {
        return isUnderWay() ? UNDER_WAY.get() : Optional.empty();
    }
}
