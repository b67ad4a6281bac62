package menara.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ServerDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Checks that each service can reach its MongoDB, authenticate and read what it needs, before four services fail with stack traces. A
 * program of its own: the launcher runs without the driver.
 *
 * @param selection how long to wait for a server
 * @param socket how long it may take to connect to it, and to hear from it
 * @param all how long it takes at most, whatever a name server does meanwhile
 */
record DatabaseCheck(Duration selection, Duration socket, Duration all) {

    /** A person waits before a terminal. */
    static final DatabaseCheck BEFORE_A_START =
            new DatabaseCheck(Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(9));

    private static final String MENDING =
            " Start it, mend the address, or leave the variable out for the embedded server.";

    /** Any collection that no other service may read. */
    private static final String PRIVATE = "events";

    static void main() throws InterruptedException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        var found = BEFORE_A_START.troubles(DatabaseAddresses.of(System.getenv()));
        found.forEach(trouble -> System.err.println("menara: " + trouble));
        System.exit(found.isEmpty() ? 0 : 1);
    }

    /** What is wrong and how to mend it, a sentence or two each; nothing if all is well. */
    Set<String> troubles(DatabaseAddresses addresses) throws InterruptedException {
        var servicesByUri = new TreeMap<String, List<String>>();
        addresses
                .byService()
                .forEach((service, uri) -> servicesByUri
                        .computeIfAbsent(uri, _ -> new ArrayList<>())
                        .add(service));
        List<Callable<List<String>>> checks = servicesByUri.entrySet().stream()
                .<Callable<List<String>>>map(address -> () -> troubles(address.getKey(), address.getValue()))
                .toList();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var found = new LinkedHashSet<String>();
            for (var check : threads.invokeAll(checks, all.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    found.addAll(check.get());
                } catch (CancellationException _) {
                    found.add("No MongoDB answers within %d s (%s).%s"
                            .formatted(all.toSeconds(), addresses.withoutUsers(), MENDING));
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a database could not be looked at", e);
                }
            }
            return found;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> troubles(String uri, List<String> services) {
        ConnectionString address;
        try {
            address = new ConnectionString(uri);
        } catch (IllegalArgumentException | MongoException e) {
            return List.of("The address of the MongoDB of %s cannot be used: %s."
                    .formatted(String.join(", ", services), e.getMessage()));
        }
        var settings = MongoClientSettings.builder()
                .applyConnectionString(address)
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(selection.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(each -> each.connectTimeout(socket.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(socket.toMillis(), TimeUnit.MILLISECONDS))
                .build();
        try (var client = MongoClients.create(settings)) {
            return troubles(String.join(", ", address.getHosts()), services, client);
        }
    }

    private static List<String> troubles(String hosts, List<String> services, MongoClient client) {
        var found = new ArrayList<String>();
        for (String namespace : read(services)) {
            var name = new MongoNamespace(namespace);
            try {
                client.getDatabase(name.getDatabaseName())
                        .getCollection(name.getCollectionName())
                        .find()
                        .limit(1)
                        .first();
            } catch (MongoSecurityException _) {
                return List.of(
                        "The MongoDB at %s does not let the user of %s in. Mend name, password or authSource in its address."
                                .formatted(hosts, String.join(", ", services)));
            } catch (MongoTimeoutException _) {
                return List.of("No MongoDB answers at %s%s (MENARA_MONGODB_URI).%s"
                        .formatted(hosts, because(client), MENDING));
            } catch (MongoCommandException refused) {
                found.add(
                        "The MongoDB at %s does not let the user of %s read %s (%s). Grant it what deploy/local/README.md says."
                                .formatted(hosts, String.join(", ", services), namespace, refused.getErrorCodeName()));
            } catch (MongoException e) {
                return List.of("The MongoDB at %s cannot be used: %s.".formatted(hosts, e.getMessage()));
            }
        }
        return found;
    }

    /** The collections that services read: all of their own, and the published logs of the others. */
    private static Set<String> read(List<String> services) {
        return Stream.concat(
                        services.stream().map(service -> DatabaseUsers.database(service) + "." + PRIVATE),
                        DatabaseUsers.SERVICES.stream()
                                .map(service -> DatabaseUsers.database(service) + "." + DatabaseUsers.PUBLISHED))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What the driver met at each host, by the last cause, which a person can do something about. */
    private static String because(MongoClient client) {
        return client.getClusterDescription().getServerDescriptions().stream()
                .map(ServerDescription::getException)
                .flatMap(Stream::ofNullable)
                .map(DatabaseCheck::rootMessage)
                .distinct()
                .collect(Collectors.joining("; "))
                .transform(reasons -> reasons.isEmpty() ? "" : ": " + reasons);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
