package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Decides which of many warnings are told: of each kind the first, and then one after ever longer pauses, as long as it does not rest. */
public final class Complaints {

    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_PAUSE_NANOS = Duration.ofHours(1).toNanos();

    /** Kinds remembered; there are few kinds of trouble. */
    private static final int MAX_KINDS = 100;

    private final LongSupplier nanos;
    private final Map<Class<?>, Told> told = new HashMap<>();

    private record Told(long at, long pause) {}

    public Complaints(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether a warning of this kind is to be told now. */
    public synchronized boolean isDue(Class<?> kind) {
        long now = nanos.getAsLong();
        var last = told.get(kind);
        if (last != null && now - last.at() < last.pause()) {
            return false;
        }
        if (told.size() >= MAX_KINDS) {
            told.clear();
        }
        // What was quiet for twice as long as it had to be is new.
        long pause = last == null || now - last.at() > 3 * last.pause()
                ? FIRST_PAUSE_NANOS
                : Math.min(2 * last.pause(), MAX_PAUSE_NANOS);
        told.put(kind, new Told(now, pause));
        return true;
    }
}
