package menara.eventstore.mongodb.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * Finds duplicate ids in bounded memory: it keeps a fingerprint and a position of each id; if there are more ids than fit, the log is
 * walked several times, each time for a part of the fingerprints.
 */
final class EventIds {

    /** Slots of the table, of 16 bytes each: 64 MB. */
    private static final int SLOTS = 1 << 22;

    /** A table that is fuller becomes slow. */
    private static final int MAX_IDS = SLOTS / 2;

    private final LongFunction<String> idAt;
    private final int maxIds;
    private final long[] fingerprints;
    private final long[] positions;
    private int size;
    private int part;
    private int parts = 1;
    private boolean overflowed;

    /** @param idAt the id of the event at a position, to confirm a match of fingerprints */
    EventIds(LongFunction<String> idAt) {
        this(idAt, SLOTS, MAX_IDS);
    }

    EventIds(LongFunction<String> idAt, int slots, int maxIds) {
        this.idAt = idAt;
        this.maxIds = maxIds;
        this.fingerprints = new long[slots];
        this.positions = new long[slots];
    }

    /** @return position of the same id, if it was seen before */
    Optional<Long> add(String id, long position) {
        long fingerprint = fingerprint(id);
        if (Math.floorMod(fingerprint, parts) != part || overflowed) {
            return Optional.empty();
        }
        int slot = slotOf(fingerprint);
        while (fingerprints[slot] != 0) {
            if (fingerprints[slot] == fingerprint && idAt.apply(positions[slot]).equals(id)) {
                return Optional.of(positions[slot]);
            }
            slot = (slot + 1) % fingerprints.length;
        }
        fingerprints[slot] = fingerprint;
        positions[slot] = position;
        overflowed = ++size >= maxIds;
        return Optional.empty();
    }

    /** Zero means a free slot. */
    private static long fingerprint(String id) {
        long bits = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
        return bits == 0 ? 1 : bits;
    }

    private int slotOf(long fingerprint) {
        return (int) Math.floorMod(fingerprint >>> 8, (long) fingerprints.length);
    }

    /** @return whether the log must be walked once more */
    boolean nextPart() {
        if (overflowed) {
            // Duplicates may then be reported twice, which is better than never.
            parts *= 2;
            part = 0;
        } else if (++part >= parts) {
            return false;
        }
        Arrays.fill(fingerprints, 0);
        size = 0;
        overflowed = false;
        return true;
    }
}
