package menara.billing.usage.keys;

import java.util.Arrays;
import java.util.function.Consumer;
import menara.billing.usage.events.Hash128;

/**
 * Places and content hashes of events: 28 bytes a slot, open addressing. Not thread-safe.
 */
final class EventIndex {

    private static final int NONE = -1;
    private static final double MAX_LOAD = 0.6;

    private long[] high = new long[1_024];
    private long[] low = new long[1_024];
    private long[] content = new long[1_024];
    private int[] place = filled(1_024);
    private int used;
    private int forgotten;

    private static int[] filled(int length) {
        var places = new int[length];
        Arrays.fill(places, NONE);
        return places;
    }

    /** Slot of a key; negative if it is not there. */
    int slot(Hash128 key) {
        int at = find(key);
        return place[at] == NONE ? -1 : at;
    }

    long content(int slot) {
        return content[slot];
    }

    /** Place in the log of the event in a slot. */
    int place(int slot) {
        return place[slot];
    }

    void put(Hash128 key, long contentHash, int newPlace) {
        if (used >= place.length * MAX_LOAD) {
            grow();
        }
        int at = find(key);
        if ((high[at] | low[at]) == 0) {
            used++;
        } else if (place[at] == NONE) {
            forgotten--;
        }
        high[at] = key.high();
        low[at] = key.low();
        content[at] = contentHash;
        place[at] = newPlace;
    }

    /** The event turned out not to be in the log; its slot stays taken, so that no probe ends early. */
    void forget(Hash128 key) {
        int at = find(key);
        if (place[at] != NONE) {
            place[at] = NONE;
            forgotten++;
        }
    }

    int size() {
        return used - forgotten;
    }

    void forEach(Consumer<Hash128> told) {
        for (int i = 0; i < place.length; i++) {
            if (place[i] != NONE) {
                told.accept(new Hash128(high[i], low[i]));
            }
        }
    }

    private int find(Hash128 key) {
        int mask = place.length - 1;
        int at = (int) key.low() & mask;
        while ((high[at] | low[at]) != 0 && (high[at] != key.high() || low[at] != key.low())) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        var old = new EventIndex();
        old.high = high;
        old.low = low;
        old.content = content;
        old.place = place;
        int length = place.length * 2;
        high = new long[length];
        low = new long[length];
        content = new long[length];
        place = filled(length);
        used = 0;
        forgotten = 0;
        for (int i = 0; i < old.place.length; i++) {
            if (old.place[i] != NONE) {
                put(new Hash128(old.high[i], old.low[i]), old.content[i], old.place[i]);
            }
        }
    }
}
