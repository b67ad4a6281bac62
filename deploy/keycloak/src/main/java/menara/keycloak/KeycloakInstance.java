package menara.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One Keycloak with a directory for what it writes, and links to the shared distribution for all else.
 *
 * @param port where it speaks HTTP, on 127.0.0.1
 * @param managementPort where it serves its health, on 127.0.0.1
 * @param adminPassword for the administrator {@code admin} of the master realm
 */
public record KeycloakInstance(Path directory, int port, int managementPort, String adminPassword) {

    public static final String ADMIN = "admin";

    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms64m",
            "-Xmx320m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final List<String> SHARED = List.of("conf", "lib", "providers", "themes", "version.txt");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    public String baseUri() {
        return "http://127.0.0.1:" + port;
    }

    /** The issuer of every token, exactly. */
    public String issuer() {
        return baseUri() + "/realms/" + Realm.NAME;
    }

    public String jwkSetUri() {
        return issuer() + "/protocol/openid-connect/certs";
    }

    public String tokenUri() {
        return issuer() + "/protocol/openid-connect/token";
    }

    /** Answers 200 once the realm is there. */
    public String readinessUri() {
        return "http://127.0.0.1:" + managementPort + "/health/ready";
    }

    /**
     * Lays out the directory so that {@link #command} brings up exactly this realm. The realm is code: if it differs from what the
     * directory holds, what Keycloak stored is dropped and imported anew, which costs people their sessions and nothing else.
     */
    public void prepare(KeycloakDistribution distribution, String realmJson) throws IOException {
        Path imports = Files.createDirectories(directory.resolve("data").resolve("import"));
        unlink();
        for (String shared : SHARED) {
            Files.createSymbolicLink(
                    directory.resolve(shared), distribution.home().resolve(shared));
        }
        Path fingerprint = directory.resolve("realm.sha256");
        String wanted = sha256(baseUri() + adminPassword + Realm.master() + realmJson);
        if (!Files.exists(fingerprint) || !Files.readString(fingerprint).equals(wanted)) {
            Directories.delete(directory.resolve("data").resolve("h2"));
            write(imports.resolve("master-realm.json"), Realm.master());
            write(imports.resolve(Realm.NAME + "-realm.json"), realmJson);
            Files.writeString(fingerprint, wanted);
        }
    }

    private static void write(Path file, String realm) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(file, realm);
    }

    /** Removes the links into the distribution. */
    void unlink() {
        for (String shared : SHARED) {
            try {
                Files.deleteIfExists(directory.resolve(shared));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public List<String> command(KeycloakDistribution distribution) {
        List<String> command = new ArrayList<>(distribution.java(directory, JVM_OPTIONS));
        command.addAll(List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + baseUri(),
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + managementPort,
                "--log-level=info,io.smallrye.health:error",
                "--import-realm"));
        return command;
    }

    public Map<String, String> environment() {
        return Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
