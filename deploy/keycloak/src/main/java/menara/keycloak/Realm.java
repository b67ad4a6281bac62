package menara.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The realm {@code menara}: a template in this module's resources, completed with what differs from place to place. */
public final class Realm {

    public static final String NAME = "menara";

    /** The password of every demo account. It is published in the README and protects nothing. */
    public static final String DEMO_PASSWORD = "menara-demo";

    private static final String TEMPLATE = "menara-realm.json";
    private static final String MASTER = "master-realm.json";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)(?::([a-z-]+))?}}");
    private static final int SECRET_BYTES = 24;

    private Realm() {}

    /** The clients that prove themselves with a secret. */
    public static Set<String> confidentialClients() {
        Set<String> clients = new TreeSet<>();
        PLACEHOLDER
                .matcher(template())
                .results()
                .filter(placeholder -> placeholder.group(1).equals("client-secret"))
                .forEach(placeholder -> clients.add(placeholder.group(2)));
        return clients;
    }

    /** A fresh secret for each client. */
    public static Map<String, String> generateSecrets(SecureRandom random) {
        Map<String, String> secrets = new TreeMap<>();
        for (String client : confidentialClients()) {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            secrets.put(client, HexFormat.of().formatHex(bytes));
        }
        return secrets;
    }

    /**
     * The realm for one machine, where nothing is encrypted in transit.
     *
     * @param gatewayUri where browsers find the gateway, without a slash at its end; redirects go there and nowhere else
     * @param clientSecrets one for each of {@link #confidentialClients()}
     * @throws IllegalArgumentException if a secret is missing
     */
    public static String json(String gatewayUri, Map<String, String> clientSecrets) {
        return PLACEHOLDER.matcher(template()).replaceAll(placeholder -> {
            String value = value(placeholder, gatewayUri, clientSecrets);
            if (!value.matches("[\\w:/.\\[\\]-]+")) {
                throw new IllegalArgumentException("not fit for the realm's JSON: " + placeholder.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String value(MatchResult placeholder, String gatewayUri, Map<String, String> clientSecrets) {
        return switch (placeholder.group(1)) {
            case "gateway-uri" -> gatewayUri;
            case "ssl-required" -> "none";
            case "client-secret" -> {
                String secret = clientSecrets.get(placeholder.group(2));
                if (secret == null) {
                    throw new IllegalArgumentException("no secret for the client " + placeholder.group(2));
                }
                yield secret;
            }
            default -> throw new IllegalStateException("unknown placeholder in the realm: " + placeholder.group());
        };
    }

    /** The realm of Keycloak's own administrator, guarded against guessing as ours is. */
    static String master() {
        return resource(MASTER);
    }

    private static String template() {
        return resource(TEMPLATE);
    }

    private static String resource(String name) {
        try (InputStream resource = Realm.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
