package menara.smoke;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A MongoDB that is somebody's own, where each service is a user with the rights that the launcher's README grants, and no other. */
final class OwnDatabase implements AutoCloseable {

    private static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");
    private static final Path LAUNCHER =
            Path.of("../local/target").toAbsolutePath().normalize();

    private final Process process;
    private final String port;

    OwnDatabase(Path users) throws IOException {
        Files.writeString(users, SERVICES.stream().map(OwnDatabase::granted).collect(Collectors.joining()));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // Nobody reads what it says later, so it has to say little.
                        "-Dlogback.configurationFile=menara/local/mongodb-logback.xml",
                        "-cp",
                        LAUNCHER.resolve("classes") + File.pathSeparator + LAUNCHER.resolve("lib") + "/*",
                        "menara.embeddedmongodb.EmbeddedMongo",
                        "--memory",
                        "--users",
                        users.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = port(process.inputReader());
    }

    private static String port(BufferedReader said) {
        var address = said.lines()
                .filter(line -> line.startsWith("listening on "))
                .findFirst()
                .orElseThrow();
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** What tells each service where it is, and with which secret. */
    Map<String, String> variables() {
        return SERVICES.stream()
                .collect(Collectors.toMap(
                        OwnDatabase::variable,
                        service -> "mongodb://%1$s:secret-of-%1$s@127.0.0.1:%2$s/?authMechanism=SCRAM-SHA-256"
                                .formatted(service, port)));
    }

    private static String variable(String service) {
        return "MENARA_MONGODB_URI_" + service.toUpperCase(Locale.ROOT);
    }

    /** Its own database to write, and to read what the others published. */
    private static String granted(String service) {
        return "%1$s.secret=secret-of-%1$s%n%1$s.database=menara_%1$s%n%1$s.reads=%2$s%n"
                .formatted(
                        service,
                        SERVICES.stream()
                                .filter(other -> !other.equals(service))
                                .map(other -> "menara_" + other + ".published")
                                .collect(Collectors.joining(" ")));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
