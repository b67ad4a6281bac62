package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Decides which of many warnings are logged: the first of each kind, then one after growing pauses while the kind recurs. */
public final class Complaints {

    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_PAUSE_NANOS = Duration.ofHours(1).toNanos();

    /** Most kinds remembered; there are few. */
    private static final int MAX_KINDS = 100;

    private final LongSupplier nanos;
    private final Map<Class<?>, Told> told = new HashMap<>();

    private record Told(long at, long pause) {}

    public Complaints(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether to log a warning of this kind now. */
    public synchronized boolean isDue(Class<?> kind) {
        long now = nanos.getAsLong();
        var last = told.get(kind);
        if (last != null && now - last.at() < last.pause()) {
            return false;
        }
        if (told.size() >= MAX_KINDS) {
            told.clear();
        }
        // A kind that was quiet for twice its pause counts as new.
        long pause = last == null || now - last.at() > 3 * last.pause()
                ? FIRST_PAUSE_NANOS
                : Math.min(2 * last.pause(), MAX_PAUSE_NANOS);
        told.put(kind, new Told(now, pause));
        return true;
    }
}
