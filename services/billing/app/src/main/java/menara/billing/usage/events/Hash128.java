package menara.billing.usage.events;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256: two of 10¹² keys share one with a chance of 10⁻¹⁵. */
public record Hash128(long high, long low) {

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash128::sha256);

    static Hash128 of(byte[] content) {
        var digest = ByteBuffer.wrap(DIGEST.get().digest(content));
        return new Hash128(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
