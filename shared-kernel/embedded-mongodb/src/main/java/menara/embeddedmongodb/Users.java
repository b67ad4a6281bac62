package menara.embeddedmongodb;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users of a server. Their secrets are hashed once, when the server starts. */
final class Users {

    private static final String SECRET = ".secret";
    private static final String DATABASE = ".database";
    private static final String READS = ".reads";

    private record Known(User user, ScramCredentials credentials) {}

    private final List<Known> known;
    private final ScramCredentials.Decoys decoys = new ScramCredentials.Decoys();

    Users(Collection<User> users) {
        this.known = users.stream()
                .map(user -> new Known(user, ScramCredentials.of(user.secret())))
                .toList();
    }

    /**
     * Users from a properties file: {@code NAME.secret}, {@code NAME.database} and, separated by spaces, {@code NAME.reads}.
     *
     * @throws IllegalArgumentException if the file holds no user, or a user without a secret or a database
     */
    static List<User> read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        List<User> users = new ArrayList<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.endsWith(SECRET)) {
                var name = key.substring(0, key.length() - SECRET.length());
                var database = properties.getProperty(name + DATABASE);
                if (database == null) {
                    throw new IllegalArgumentException(name + " has no database in " + file);
                }
                Set<String> reads = Stream.of(
                                properties.getProperty(name + READS, "").split(" "))
                        .filter(collection -> !collection.isEmpty())
                        .collect(Collectors.toSet());
                users.add(new User(name, properties.getProperty(key), database, reads));
            }
        }
        if (users.isEmpty()) {
            throw new IllegalArgumentException("there is no user in " + file);
        }
        return users;
    }

    Optional<User> named(String name) {
        return known(name).map(Known::user);
    }

    /** An unknown name gets credentials too, which no secret matches, so that the conversation does not reveal which names exist. */
    ScramCredentials credentialsOf(String name) {
        return known(name).map(Known::credentials).orElseGet(() -> decoys.of(name));
    }

    private Optional<Known> known(String name) {
        return known.stream().filter(each -> each.user().name().equals(name)).findFirst();
    }
}
