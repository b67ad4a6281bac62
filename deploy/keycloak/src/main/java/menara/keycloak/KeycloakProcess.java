package menara.keycloak;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Keycloak with our realm for a test: ephemeral ports, fresh secrets, a directory that the test brings. */
public final class KeycloakProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int HTTP_LIMIT_MILLIS = 10_000;
    private static final int LOG_TAIL_LINES = 20;
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final KeycloakInstance instance;
    private final Map<String, String> clientSecrets;
    private final Process process;
    private final Path log;

    private KeycloakProcess(KeycloakInstance instance, Map<String, String> clientSecrets, Process process, Path log) {
        this.instance = instance;
        this.clientSecrets = clientSecrets;
        this.process = process;
        this.log = log;
    }

    /**
     * Returns once the realm answers.
     *
     * @param directory empty, for what this Keycloak writes
     * @param gatewayUri where the gateway under test is, for redirects
     * @throws KeycloakUnavailable if it cannot be installed, or is not ready within three minutes
     */
    public static KeycloakProcess start(Path directory, String gatewayUri) throws IOException, InterruptedException {
        KeycloakDistribution distribution = KeycloakDistribution.install(KeycloakDistribution.defaultCache());
        SecureRandom random = new SecureRandom();
        Map<String, String> secrets = Realm.generateSecrets(random);
        KeycloakInstance instance =
                new KeycloakInstance(directory, freePort(), freePort(), "admin-" + random.nextLong(Long.MAX_VALUE));
        instance.prepare(distribution, Realm.json(gatewayUri, secrets));
        Path log = directory.resolve("keycloak.log");
        ProcessBuilder builder = new ProcessBuilder(instance.command(distribution))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(instance.environment());
        KeycloakProcess keycloak = new KeycloakProcess(instance, secrets, builder.start(), log);
        try {
            keycloak.awaitReady();
        } catch (KeycloakUnavailable | InterruptedException e) {
            keycloak.close();
            throw e;
        }
        return keycloak;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(instance.readinessUri())) {
            if (!process.isAlive()) {
                throw new KeycloakUnavailable("Keycloak ended with " + process.exitValue() + ":\n" + logTail());
            }
            if (System.nanoTime() > deadline) {
                throw new KeycloakUnavailable(
                        "Keycloak was not ready within " + START_LIMIT.toSeconds() + " s:\n" + logTail());
            }
            Thread.sleep(POLL);
        }
    }

    public KeycloakInstance instance() {
        return instance;
    }

    public String issuer() {
        return instance.issuer();
    }

    public String jwkSetUri() {
        return instance.jwkSetUri();
    }

    /** @throws IllegalArgumentException if there is no such confidential client */
    public String clientSecret(String client) {
        String secret = clientSecrets.get(client);
        if (secret == null) {
            throw new IllegalArgumentException("no confidential client " + client);
        }
        return secret;
    }

    /** An access token of a service account, by the client credentials grant. */
    public String serviceAccountToken(String client) throws IOException {
        HttpURLConnection connection = open(instance.tokenUri());
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        String basic = client + ":" + clientSecret(client);
        connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        connection.getOutputStream().write("grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII));
        try (var body = connection.getInputStream()) {
            Matcher token = ACCESS_TOKEN.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            if (!token.find()) {
                throw new IOException("no access token in Keycloak's answer for " + client);
            }
            return token.group(1);
        }
    }

    private static boolean answers(String uri) {
        try {
            return open(uri).getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false; // not listening yet
        }
    }

    private static HttpURLConnection open(String uri) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(uri).toURL().openConnection();
        connection.setConnectTimeout(HTTP_LIMIT_MILLIS);
        connection.setReadTimeout(HTTP_LIMIT_MILLIS);
        return connection;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String logTail() {
        ArrayDeque<String> tail = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.forEach(line -> {
                if (tail.size() == LOG_TAIL_LINES) {
                    tail.removeFirst();
                }
                tail.add(line);
            });
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
        return String.join("\n", tail);
    }

    /** Asks it to end, and ends it after 10 s. The directory is then free of links into the shared distribution. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        instance.unlink();
    }
}
