package menara.embeddedmongodb;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The server's side of SCRAM-SHA-256 (RFC 5802, 7677) between the client's first message and its last, without channel binding. */
final class ScramConversation {

    private static final Pattern FIRST = Pattern.compile("n,,(n=((?:[^,=]|=2C|=3D)+),r=([\\x21-\\x2B\\x2D-\\x7E]+))");
    private static final Pattern FINAL = Pattern.compile("(c=biws,r=([^,]+)),p=([A-Za-z0-9+/]+=*)");
    private static final int NONCE_BYTES = 24;

    private final String name;
    private final String nonce;
    private final ScramCredentials credentials;
    private final String clientFirst;
    private final String serverFirst;

    private ScramConversation(String name, String nonce, ScramCredentials credentials, String clientFirst) {
        this.name = name;
        this.nonce = nonce;
        this.credentials = credentials;
        this.clientFirst = clientFirst;
        this.serverFirst = "r=" + nonce + ",s=" + credentials.saltInBase64() + ",i=" + ScramCredentials.ITERATIONS;
    }

    /** Empty if the message does not begin a conversation. */
    static Optional<ScramConversation> begin(String message, Users users) {
        var first = FIRST.matcher(message);
        if (!first.matches()) {
            return Optional.empty();
        }
        var name = first.group(2).replace("=2C", ",").replace("=3D", "=");
        var nonce = first.group(3) + Base64.getEncoder().encodeToString(ScramCredentials.random(NONCE_BYTES));
        return Optional.of(new ScramConversation(name, nonce, users.credentialsOf(name), first.group(1)));
    }

    String name() {
        return name;
    }

    String serverFirst() {
        return serverFirst;
    }

    /** The server's last message, if the client's proves that it knows the secret. */
    Optional<String> finish(String message) {
        var last = FINAL.matcher(message);
        if (!last.matches() || !last.group(2).equals(nonce)) {
            return Optional.empty();
        }
        var conversation = clientFirst + "," + serverFirst + "," + last.group(1);
        return decoded(last.group(3))
                .filter(proof -> credentials.isProvenBy(proof, conversation))
                .map(_ -> "v=" + Base64.getEncoder().encodeToString(credentials.serverSignature(conversation)));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
