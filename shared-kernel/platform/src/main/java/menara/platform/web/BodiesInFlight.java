package menara.platform.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies the service holds at a time: all together so many that they fit into its heap, and of one party a share of it, so
 * that nobody takes the room of all others. Bytes count when they are read, not when they are announced: who sends slowly holds little.
 */
final class BodiesInFlight {

    /** A body is held once as bytes and a few times more as what was read from it. */
    private static final int HEAP_SHARE = 10;

    private static final int PARTY_SHARE = 4;

    private final long max;
    private final AtomicLong held = new AtomicLong();
    private final Map<String, Long> byParty = new ConcurrentHashMap<>();

    BodiesInFlight(long max) {
        this.max = max;
    }

    static BodiesInFlight inHeap(long maxHeapBytes) {
        return new BodiesInFlight(maxHeapBytes / HEAP_SHARE);
    }

    /** @return false if there is no room for them; then they do not count */
    boolean take(String party, int bytes) {
        if (held.addAndGet(bytes) > max) {
            held.addAndGet(-bytes);
            return false;
        }
        long ofParty = byParty.merge(party, (long) bytes, Long::sum);
        if (ofParty > max / PARTY_SHARE) {
            give(party, bytes);
            return false;
        }
        return true;
    }

    void give(String party, long bytes) {
        held.addAndGet(-bytes);
        byParty.computeIfPresent(party, (_, before) -> before == bytes ? null : before - bytes);
    }

    long held() {
        return held.get();
    }
}
