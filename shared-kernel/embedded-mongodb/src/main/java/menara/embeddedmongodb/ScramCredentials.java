package menara.embeddedmongodb;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What a server stores of a secret (RFC 5802, section 3): enough to check a proof, not to make one. */
final class ScramCredentials {

    /** The fewest that drivers accept (RFC 7677); secrets of 144 random bits need no stretching. */
    static final int ITERATIONS = 4_096;

    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    private final byte[] salt;

    /** Hash of the key that only the holder of the secret can compute. */
    private final byte[] storedKey;

    /** The server proves with it that it knows the user. */
    private final byte[] serverKey;

    private ScramCredentials(byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    static ScramCredentials of(String secret) {
        byte[] salt = random(SALT_BYTES);
        byte[] salted = salted(secret, salt);
        return new ScramCredentials(salt, hash(hmac(salted, "Client Key")), hmac(salted, "Server Key"));
    }

    private static byte[] salted(String secret, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows PBKDF2", e);
        }
    }

    String saltInBase64() {
        return Base64.getEncoder().encodeToString(salt);
    }

    /** Whether {@code proof} was made with the secret, for this conversation. */
    boolean isProvenBy(byte[] proof, String conversation) {
        byte[] signature = hmac(storedKey, conversation);
        if (proof.length != signature.length) {
            return false;
        }
        byte[] clientKey = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(hash(clientKey), storedKey);
    }

    byte[] serverSignature(String conversation) {
        return hmac(serverKey, conversation);
    }

    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows HMAC-SHA-256", e);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }

    /** Credentials for unknown names: always the same salt, and keys that match no secret. */
    static final class Decoys {

        private final byte[] key = random(SALT_BYTES);

        ScramCredentials of(String name) {
            byte[] salt = Arrays.copyOf(hmac(key, name), SALT_BYTES);
            return new ScramCredentials(salt, random(KEY_BITS / Byte.SIZE), random(KEY_BITS / Byte.SIZE));
        }
    }
}
