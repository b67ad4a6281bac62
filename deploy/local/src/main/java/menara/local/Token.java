package menara.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code ./menara token CLIENT}: an access token of a machine client, on standard output, for curl and the like. */
record Token(String issuer, Map<String, String> clients) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Base64url and dots: nothing that JSON would have to escape. */
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([\\w.-]+)\"");

    static Token of(Settings settings, State state) throws IOException {
        if (!Files.isDirectory(state.secrets())) {
            throw notRunning();
        }
        Secrets secrets = Secrets.of(state);
        return new Token(new LocalParts(settings, state, secrets, false).issuer(), secrets.clients());
    }

    int print(List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() != 1 || !clients.containsKey(arguments.getFirst())) {
            throw new LauncherFailure(
                    "usage: ./menara token CLIENT, CLIENT one of " + String.join(", ", clients.keySet()));
        }
        System.out.println(fetch(arguments.getFirst()));
        return 0;
    }

    String fetch(String client) throws IOException, InterruptedException {
        String form = Map.of(
                        "grant_type", "client_credentials", "client_id", client, "client_secret", clients.get(client))
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            var found = ACCESS_TOKEN.matcher(answer.body());
            if (answer.statusCode() != 200 || !found.find()) {
                throw new LauncherFailure(
                        "Keycloak gives " + client + " no token: " + answer.statusCode() + " " + answer.body());
            }
            return found.group(1);
        } catch (ConnectException e) {
            throw notRunning();
        }
    }

    private static LauncherFailure notRunning() {
        return new LauncherFailure("Keycloak is not running. Start Menara first: ./menara up --detach");
    }
}
