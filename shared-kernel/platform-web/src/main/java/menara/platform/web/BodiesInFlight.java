package menara.platform.web;

/**
 * Limits the bytes of bodies that the service holds at a time: in total so that they fit into its heap, and for each party a share, so that
 * no party takes the room of the others. Bytes count when they are read, not when they are announced, so a slow sender holds little.
 */
final class BodiesInFlight {

    /** A body is held once as bytes and a few times more as the objects read from it. */
    private static final int HEAP_SHARE = 10;

    private static final int PARTY_SHARE = 4;

    /** What a party may hold for one long body. Longer ones are streams, of which only a chunk is held at a time. */
    private static final int LARGEST_SHARE = 2;

    private final PartyLimit bytes;

    /** @param largest the longest body that a route takes: a party that sends nothing else may send one, if half of the total is free */
    BodiesInFlight(long max, long largest) {
        this.bytes = new PartyLimit(Math.max(max / PARTY_SHARE, Math.min(largest, max / LARGEST_SHARE)), max);
    }

    static BodiesInFlight inHeap(long maxHeapBytes, long largest) {
        return new BodiesInFlight(maxHeapBytes / HEAP_SHARE, largest);
    }

    /** @return false if there is no room for them; they do not count then */
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
