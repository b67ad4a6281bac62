package menara.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Keycloak unpacked and built for Menara's options, once per user, in a cache that launcher and tests share. What one instance writes
 * stands elsewhere, see {@link KeycloakProcess}.
 *
 * @param home the built distribution; read-only from here on
 */
public record KeycloakDistribution(Path home) {

    /** What Keycloak must know when it is built. The cache is chosen again at start: building alone leaves it clustered. */
    private static final List<String> BUILD =
            List.of("build", "--db=dev-file", "--cache=local", "--health-enabled=true");

    private static final long BUILD_LIMIT_SECONDS = 300;

    /** The needed parts of the archive: the rest are command-line tools. */
    private static final List<String> PARTS = List.of("lib/", "conf/", "providers/", "themes/", "version.txt");

    public static String version() {
        return properties().getProperty("version");
    }

    /** The archive as Maven names it, for {@code dependency:get}. */
    public static String coordinates() {
        return "org.keycloak:keycloak-quarkus-dist:" + version() + ":zip";
    }

    /** {@code MENARA_KEYCLOAK_ZIP}, or the archive in Maven's local repository, if it is there. */
    public static Optional<Path> archive() {
        String chosen = System.getenv("MENARA_KEYCLOAK_ZIP");
        Path archive = chosen != null
                ? Path.of(chosen)
                : Path.of(properties().getProperty("local-repository"))
                        .resolve(Path.of("org", "keycloak", "keycloak-quarkus-dist", version()))
                        .resolve("keycloak-quarkus-dist-" + version() + ".zip");
        return Optional.of(archive).filter(Files::isRegularFile);
    }

    /** {@code $XDG_CACHE_HOME/menara} or {@code ~/.cache/menara}. */
    public static Path defaultCache() {
        Map<String, String> environment = System.getenv();
        String cache = environment.get("XDG_CACHE_HOME");
        return (cache != null && !cache.isBlank()
                        ? Path.of(cache)
                        : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache"))
                .resolve("menara");
    }

    /** The distribution in {@code cache}, if it was installed there before. */
    public static Optional<KeycloakDistribution> installed(Path cache) {
        Path home = home(cache);
        return Files.isRegularFile(marker(home)) ? Optional.of(new KeycloakDistribution(home)) : Optional.empty();
    }

    /**
     * Unpacks and builds what is not there yet; takes about 20 s then. Processes that come at the same time wait for the first.
     *
     * @throws KeycloakUnavailable if there is no archive, or it cannot be unpacked or built
     */
    public static KeycloakDistribution install(Path cache) {
        Path home = home(cache);
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(home.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.isRegularFile(marker(home))) {
                    Directories.delete(home); // what an interrupted install left
                    unpack(home);
                    build(home);
                    Files.createFile(marker(home));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new KeycloakUnavailable("Keycloak cannot be unpacked to " + home + ": " + e.getMessage(), e);
        }
        return new KeycloakDistribution(home);
    }

    private static Path home(Path cache) {
        return cache.resolve("keycloak-" + version());
    }

    private static Path marker(Path home) {
        return home.resolve("menara-built");
    }

    private static void unpack(Path home) throws IOException {
        Path archive = archive()
                .orElseThrow(() -> new KeycloakUnavailable("The Keycloak archive " + coordinates()
                        + " is not in Maven's local repository. Get it with: ./mvnw dependency:get -Dtransitive=false -Dartifact="
                        + coordinates() + " or name a copy in MENARA_KEYCLOAK_ZIP."));
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (entry.isDirectory() || PARTS.stream().noneMatch(name::startsWith)) {
                    continue;
                }
                Path file = home.resolve(name).normalize();
                if (!file.startsWith(home)) {
                    throw new IOException("an entry leaves the archive: " + name);
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        Files.createDirectories(home.resolve("providers"));
    }

    private static void build(Path home) throws IOException {
        List<String> command = new ArrayList<>(new KeycloakDistribution(home).java(home, List.of()));
        command.addAll(BUILD);
        Path log = home.resolve("build.log");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(BUILD_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new KeycloakUnavailable(
                        "Keycloak was not built within " + BUILD_LIMIT_SECONDS + " s, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeycloakUnavailable("interrupted while Keycloak was being built", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new KeycloakUnavailable("Keycloak could not be built, see " + log);
        }
    }

    /** The start of a command line that runs Keycloak without its shell script, so that there is one process to signal. */
    List<String> java(Path instance, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dkc.home.dir=" + instance,
                "-Djboss.server.config.dir=" + instance.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                home.resolve("lib").resolve("quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return command;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream resource = KeycloakDistribution.class.getResourceAsStream("distribution.properties")) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
