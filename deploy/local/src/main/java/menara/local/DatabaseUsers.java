package menara.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The users of the embedded MongoDB server: each service writes its own database and reads what the others have published. A stolen secret
 * opens one service only.
 */
record DatabaseUsers(Secrets secrets) {

    static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");

    /** The collection in which a service publishes. */
    static final String PUBLISHED = "published";

    private static final String FILE = "mongodb-users.properties";

    static String database(String service) {
        return "menara_" + service;
    }

    /** Where a service connects, as its user. */
    String connection(String service, int port) {
        return "mongodb://%s:%s@127.0.0.1:%d/?authMechanism=SCRAM-SHA-256"
                .formatted(service, secrets.databases().get(service), port);
    }

    /** Writes the users down as the server reads them. */
    Path write(State state) throws IOException {
        Path file = state.secrets().resolve(FILE);
        state.writeForOwner(file, SERVICES.stream().map(this::lines).collect(Collectors.joining()));
        return file;
    }

    private String lines(String service) {
        var reads = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> database(other) + "." + PUBLISHED)
                .collect(Collectors.joining(" "));
        return "%1$s.secret=%2$s%n%1$s.database=%3$s%n%1$s.reads=%4$s%n"
                .formatted(service, secrets.databases().get(service), database(service), reads);
    }
}
