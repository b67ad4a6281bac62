package menara.gateway.security;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a key that lives as long as this process: only this process can read or make sealed content. */
final class Seal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    /** Twice the largest sealed content; longer input is refused. */
    private static final int MOST_CHARACTERS = 4096;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key = new SecretKeySpec(randomBytes(KEY_BYTES), "AES");

    /** Returns letters, digits, {@code -} and {@code _}. */
    String close(byte[] content) {
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
            System.arraycopy(closed, 0, all, NONCE_BYTES, closed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(CIPHER + " is missing from this Java", impossible);
        }
    }

    /** The content; nothing if this process did not seal it. */
    Optional<byte[]> open(String closed) {
        if (closed.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(closed);
            if (all.length < NONCE_BYTES) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES));
            return Optional.of(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
