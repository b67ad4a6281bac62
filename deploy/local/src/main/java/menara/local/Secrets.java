package menara.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import menara.keycloak.Realm;

/**
 * Made on the first start, readable by their owner only, and the same on every start after that.
 *
 * @param clients the secret of each confidential client
 * @param keycloakAdmin password of Keycloak's own administrator
 * @param databases the secret of each service's user of the embedded MongoDB server
 */
record Secrets(Map<String, String> clients, String keycloakAdmin, Map<String, String> databases) {

    private static final String FILE = "secrets.properties";
    private static final String ADMIN = "keycloak-admin";
    private static final String DATABASE = "mongodb-";
    private static final int BYTES = 18;

    static Secrets of(State state) throws IOException {
        Path file = state.secrets().resolve(FILE);
        Properties stored = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                stored.load(reader);
            }
        }
        var known = Set.copyOf(stored.stringPropertyNames());
        SecureRandom random = new SecureRandom();
        Realm.generateSecrets(random).forEach(stored::putIfAbsent); // a client may be newer than the file
        stored.putIfAbsent(ADMIN, fresh(random));
        DatabaseUsers.SERVICES.forEach(service -> stored.putIfAbsent(DATABASE + service, fresh(random)));
        if (!known.equals(stored.stringPropertyNames())) {
            write(stored, state, file);
        }

        Map<String, String> clients = new TreeMap<>();
        Realm.confidentialClients().forEach(client -> clients.put(client, stored.getProperty(client)));
        Map<String, String> databases = new TreeMap<>();
        DatabaseUsers.SERVICES.forEach(service -> databases.put(service, stored.getProperty(DATABASE + service)));
        return new Secrets(clients, stored.getProperty(ADMIN), databases);
    }

    /** For parts that are inspected and not started. */
    static Secrets none() {
        Map<String, String> clients = new TreeMap<>();
        Realm.confidentialClients().forEach(client -> clients.put(client, ""));
        return new Secrets(clients, "", Map.of());
    }

    private static String fresh(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Written completely or not at all: with half of it, data protected by the other half could not be opened. */
    private static void write(Properties secrets, State state, Path file) throws IOException {
        var text = new StringWriter();
        secrets.store(text, "Secrets of this Menara. ./menara reset makes new ones.");
        state.writeForOwner(file, text.toString());
    }

    String client(String name) {
        String secret = clients.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("no client " + name);
        }
        return secret;
    }
}
