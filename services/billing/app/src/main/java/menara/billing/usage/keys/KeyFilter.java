package menara.billing.usage.keys;

import java.nio.ByteBuffer;
import menara.billing.usage.events.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * Tells which keys are certainly not in a set: less than two bytes a key, and one of 8,192 other keys passes as a member. A binary fuse
 * filter (Graf and Lemire, 2022) with fingerprints of 13 bits.
 */
final class KeyFilter {

    /** A key that is not in the set passes with probability 2⁻¹³. */
    private static final int FINGERPRINT_BITS = 13;

    private static final long FINGERPRINT = (1L << FINGERPRINT_BITS) - 1;
    private static final int ARITY = 3;
    private static final int MAX_SEGMENT_LENGTH = 1 << 18;

    /** One seed in a hundred fails; so many failures in a row are a fault and not chance. */
    private static final int MAX_SEEDS = 100;

    private final int size;
    private final long seed;
    private final Shape shape;
    private final long[] words;

    private KeyFilter(int size, long seed, Shape shape, long[] words) {
        this.size = size;
        this.seed = seed;
        this.shape = shape;
        this.words = words;
    }

    /**
     * Where the three slots of a key may lie.
     *
     * @param length slots of a segment, a power of two; the three lie in neighbouring segments
     * @param starts slots in which the first of the three may lie
     */
    private record Shape(int length, int starts) {

        static Shape of(int size) {
            int length = Math.min(
                    MAX_SEGMENT_LENGTH, 1 << (int) Math.floor(Math.log(Math.max(2, size)) / Math.log(3.33) + 2.25));
            double factor = Math.max(1.125, 0.875 + 0.25 * Math.log(1_000_000) / Math.log(Math.max(2, size)));
            int capacity = (int) Math.round(size * factor);
            int segments = Math.max(1, (capacity + length - 1) / length - (ARITY - 1));
            return new Shape(length, segments * length);
        }

        int slots() {
            return starts + (ARITY - 1) * length;
        }

        int words() {
            return (int) (((long) slots() * FINGERPRINT_BITS + Long.SIZE - 1) / Long.SIZE) + 1;
        }

        int slot(int which, long hash) {
            int first = (int) Math.unsignedMultiplyHigh(hash, starts);
            return switch (which) {
                case 0 -> first;
                case 1 -> (first + length) ^ ((int) (hash >>> 18) & (length - 1));
                default -> (first + 2 * length) ^ ((int) hash & (length - 1));
            };
        }
    }

    /** @param keys each once */
    static KeyFilter of(Hash128[] keys) {
        var shape = Shape.of(keys.length);
        for (long seed = 1; seed <= MAX_SEEDS; seed++) {
            var words = new Peeling(keys, seed, shape).words();
            if (words != null) {
                return new KeyFilter(keys.length, seed, shape, words);
            }
        }
        throw new IllegalArgumentException("a key stands twice among %d".formatted(keys.length));
    }

    boolean mayHold(Hash128 key) {
        long hash = hash(key, seed);
        return (fingerprint(hash)
                        ^ get(words, shape.slot(0, hash))
                        ^ get(words, shape.slot(1, hash))
                        ^ get(words, shape.slot(2, hash)))
                == 0;
    }

    /** Bytes that it takes of memory. */
    long memory() {
        return (long) words.length * Long.BYTES;
    }

    /** The bytes that {@link #of(byte[])} reads. */
    byte[] bytes() {
        var bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * (1 + words.length));
        bytes.putInt(size).putLong(seed);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    static KeyFilter of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        int size = buffer.getInt();
        long seed = buffer.getLong();
        var shape = Shape.of(size);
        var words = new long[shape.words()];
        buffer.asLongBuffer().get(words);
        return new KeyFilter(size, seed, shape, words);
    }

    /** Two keys that collide under one seed do not under the next. */
    private static long hash(Hash128 key, long seed) {
        return mixed(key.high() + mixed(key.low() + seed * 0x9E3779B97F4A7C15L));
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    private static long fingerprint(long hash) {
        return (hash ^ (hash >>> 32)) & FINGERPRINT;
    }

    private static long get(long[] words, int slot) {
        long bit = (long) slot * FINGERPRINT_BITS;
        int word = (int) (bit >>> 6);
        int offset = (int) bit & 63;
        long value = words[word] >>> offset;
        if (offset > Long.SIZE - FINGERPRINT_BITS) {
            value |= words[word + 1] << (Long.SIZE - offset);
        }
        return value & FINGERPRINT;
    }

    private static void put(long[] words, int slot, long fingerprint) {
        long bit = (long) slot * FINGERPRINT_BITS;
        int word = (int) (bit >>> 6);
        int offset = (int) bit & 63;
        words[word] |= fingerprint << offset;
        if (offset > Long.SIZE - FINGERPRINT_BITS) {
            words[word + 1] |= fingerprint >>> (Long.SIZE - offset);
        }
    }

    /** Finds an order in which each key has a slot that no later one touches. */
    private static final class Peeling {

        private final Shape shape;

        /** For each slot the number of its keys, the XOR of which of their three slots it is, and the XOR of their hashes. */
        private final int[] touching;

        private final byte[] which;
        private final long[] hashes;
        private final long[] order;
        private final byte[] owned;
        private int peeled;

        Peeling(Hash128[] keys, long seed, Shape shape) {
            this.shape = shape;
            this.touching = new int[shape.slots()];
            this.which = new byte[shape.slots()];
            this.hashes = new long[shape.slots()];
            this.order = new long[keys.length];
            this.owned = new byte[keys.length];
            for (var key : keys) {
                long hash = hash(key, seed);
                for (int i = 0; i < ARITY; i++) {
                    touch(shape.slot(i, hash), i, hash, 1);
                }
            }
            peel();
        }

        private void touch(int slot, int i, long hash, int more) {
            touching[slot] += more;
            which[slot] ^= (byte) i;
            hashes[slot] ^= hash;
        }

        private void peel() {
            var alone = new int[touching.length];
            int end = 0;
            for (int slot = 0; slot < touching.length; slot++) {
                if (touching[slot] == 1) {
                    alone[end++] = slot;
                }
            }
            while (end > 0) {
                int slot = alone[--end];
                if (touching[slot] != 1) {
                    continue;
                }
                long hash = hashes[slot];
                order[peeled] = hash;
                owned[peeled++] = which[slot];
                for (int i = 0; i < ARITY; i++) {
                    int touched = shape.slot(i, hash);
                    touch(touched, i, hash, -1);
                    if (touching[touched] == 1) {
                        alone[end++] = touched;
                    }
                }
            }
        }

        /** Null if no such order exists. */
        long @Nullable [] words() {
            if (peeled < order.length) {
                return null;
            }
            var words = new long[shape.words()];
            for (int i = peeled - 1; i >= 0; i--) {
                long hash = order[i];
                long fingerprint = fingerprint(hash);
                for (int other = 0; other < ARITY; other++) {
                    if (other != owned[i]) {
                        fingerprint ^= get(words, shape.slot(other, hash));
                    }
                }
                put(words, shape.slot(owned[i], hash), fingerprint);
            }
            return words;
        }
    }
}
