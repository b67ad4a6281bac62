package menara.platform.web;

/**
 * How many bytes of bodies the service holds at a time: all together so many that they fit into its heap, and of one party a share of it, so
 * that nobody takes the room of all others. Bytes count when they are read, not when they are announced: who sends slowly holds little.
 */
final class BodiesInFlight {

    /** A body is held once as bytes and a few times more as what was read from it. */
    private static final int HEAP_SHARE = 10;

    private static final int PARTY_SHARE = 4;

    /** What a party may hold to send one long body. Longer ones are streams, of which only a piece is held at a time. */
    private static final int LARGEST_SHARE = 2;

    private final PartyLimit bytes;

    /** @param largest the longest body that a route takes: a party that sends nothing else may send that one, if half of all are left */
    BodiesInFlight(long max, long largest) {
        this.bytes = new PartyLimit(Math.max(max / PARTY_SHARE, Math.min(largest, max / LARGEST_SHARE)), max);
    }

    static BodiesInFlight inHeap(long maxHeapBytes, long largest) {
        return new BodiesInFlight(maxHeapBytes / HEAP_SHARE, largest);
    }

    /** @return false if there is no room for them; then they do not count */
    boolean take(String party, int count) {
        return bytes.take(party, count) == PartyLimit.Place.TAKEN;
    }

    void give(String party, long count) {
        bytes.giveBack(party, count);
    }

    long held() {
        return bytes.taken();
    }
}
