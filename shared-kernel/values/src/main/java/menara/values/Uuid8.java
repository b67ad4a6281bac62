package menara.values;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 8 (RFC 9562): derived from a cause, for things that must not happen twice. */
public final class Uuid8 {

    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuid8() {}

    /**
     * The id that follows from its cause: the same parts give the same id on every machine, so a step repeated after a crash
     * finds its own work done. SHA-256 over length-prefixed parts, cut to 122 bits.
     */
    public static UUID derived(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            var hash = ByteBuffer.wrap(digest.digest());
            long high = (hash.getLong() & ~0xF000L) | VERSION;
            long low = VARIANT | (hash.getLong() >>> 2);
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
