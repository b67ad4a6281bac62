package menara.smoke;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Menara of its own beside any other on the machine: own ports, own state, driven by the same script a person uses. */
final class LocalMenara {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final List<String> PORTS = List.of(
            "MENARA_MONGODB_PORT",
            "MENARA_KEYCLOAK_PORT",
            "MENARA_KEYCLOAK_HEALTH_PORT",
            "MENARA_OPERATIONS_PORT",
            "MENARA_CAPACITY_PORT",
            "MENARA_BILLING_PORT",
            "MENARA_INVESTMENT_PORT",
            "MENARA_GATEWAY_PORT");

    private final Path state;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    LocalMenara(Path state) throws IOException {
        this(state, Map.of());
    }

    /** @param more variables of its environment */
    LocalMenara(Path state, Map<String, String> more) throws IOException {
        this.state = state;
        environment.putAll(more);
        Files.createDirectories(state);
        // What is to be run was packaged by this very build; the script need not build it again.
        Files.writeString(state.resolve("built"), "");
        Files.writeString(state.resolve("menara-state"), "");
        environment.put("MENARA_STATE_DIR", state.toString());
        var sockets = new ArrayList<ServerSocket>();
        for (String port : PORTS) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket); // all open at once, so that no port is handed out twice
            environment.put(port, Integer.toString(socket.getLocalPort()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    private LocalMenara(LocalMenara other, Map<String, String> more) {
        state = other.state;
        environment.putAll(other.environment);
        environment.putAll(more);
    }

    /** The same one, on the same state and ports, with more variables in its environment. */
    LocalMenara with(Map<String, String> more) {
        return new LocalMenara(this, more);
    }

    /**
     * @param exitCode of the command
     * @param output both streams
     */
    record Outcome(int exitCode, String output) {}

    /** Runs {@code ./menara} with these arguments to its end. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ROOT.resolve("menara").toString()));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(state, "command-", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    "%s did not end within %s:%n%s".formatted(command, COMMAND_LIMIT, Files.readString(log)));
        }
        return new Outcome(process.exitValue(), Files.readString(log));
    }

    Path state(String file) {
        return state.resolve(file);
    }

    int port(String part) {
        return Integer.parseInt(
                environment.getOrDefault("MENARA_" + part.toUpperCase(java.util.Locale.ROOT) + "_PORT", "0"));
    }

    /** Process id of a part. */
    ProcessHandle process(String part) throws IOException {
        var record = Files.readString(state.resolve("run").resolve(part + ".pid"));
        var digits = java.util.regex.Pattern.compile("\\d+").matcher(record);
        if (!digits.find()) {
            throw new IOException("no process id in " + record);
        }
        return ProcessHandle.of(Long.parseLong(digits.group())).orElseThrow();
    }

    /** An access token of a service account. */
    String token(String client) throws IOException, InterruptedException {
        var outcome = run("token", client);
        if (outcome.exitCode() != 0) {
            throw new IOException("no token: " + outcome.output());
        }
        return outcome.output().strip();
    }

    HttpResponse<String> get(String part, String path, String token, String accept)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(part), path)))
                .timeout(REQUEST_LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    JsonNode json(String path, String token) throws IOException, InterruptedException {
        var response = get("gateway", path, token, "application/json");
        if (response.statusCode() != 200) {
            throw new IOException("GET %s: %d %s".formatted(path, response.statusCode(), response.body()));
        }
        return json.readTree(response.body());
    }
}
