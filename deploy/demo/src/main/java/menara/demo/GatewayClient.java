package menara.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the gateway as one machine client does: a token of its own, JSON, idempotency keys, retries after a wait when asked to. */
final class GatewayClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** A token that would end sooner than this is replaced first. */
    private static final Duration TOKEN_MARGIN = Duration.ofSeconds(15);
    /** How often a request is sent again after 429, 503, or a 409 that asks for it. */
    private static final int MAX_WAITS = 20;

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final JsonMapper json;
    private final URI gateway;
    private final Credentials credentials;
    private final Clock clock;

    private String token = "";
    private Instant tokenEnds = Instant.EPOCH;

    GatewayClient(URI gateway, Credentials credentials, JsonMapper json, Clock clock) {
        this.gateway = gateway;
        this.credentials = credentials;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param status HTTP status
     * @param body JSON body, a missing node if there is none
     */
    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** What a problem says, for people. */
        String problem() {
            return body.path("detail").asString(body.path("title").asString("HTTP " + status));
        }
    }

    URI address() {
        return gateway;
    }

    JsonNode get(String path) {
        return ok("GET " + path, send(request(path).GET()));
    }

    Answer tryGet(String path) {
        return send(request(path).GET());
    }

    /** A document as it is. */
    byte[] download(String path, String mediaType) {
        var response = exchange(request(path)
                .setHeader("Accept", mediaType)
                .setHeader("Authorization", "Bearer " + token())
                .GET()
                .build());
        if (response.statusCode() != 200) {
            throw new DemoFailure("GET %s was answered %d".formatted(path, response.statusCode()));
        }
        return response.body();
    }

    JsonNode post(String path, String idempotencyKey, Object body) {
        return ok("POST " + path, tryPost(path, idempotencyKey, "application/json", body));
    }

    Answer tryPost(String path, String idempotencyKey, Object body) {
        return tryPost(path, idempotencyKey, "application/json", body);
    }

    /** Posts {@code body} as {@code mediaType}; the same key is sent again if the gateway asks to wait. */
    Answer tryPost(String path, String idempotencyKey, String mediaType, Object body) {
        return send(request(path)
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/json");
    }

    private static JsonNode ok(String what, Answer answer) {
        if (!answer.ok()) {
            throw new DemoFailure("%s was answered %d: %s %s"
                    .formatted(
                            what,
                            answer.status(),
                            answer.problem(),
                            answer.body().path("errors").toString()));
        }
        return answer.body();
    }

    private Answer send(HttpRequest.Builder request) {
        for (int waits = 0; ; waits++) {
            var response = exchange(
                    request.setHeader("Authorization", "Bearer " + token()).build());
            boolean mayWait = response.statusCode() == 429
                    || response.statusCode() == 503
                    // One service has not read yet what another recorded.
                    || (response.statusCode() == 409
                            && response.headers().firstValue("Retry-After").isPresent());
            if (!mayWait || waits == MAX_WAITS) {
                return new Answer(response.statusCode(), parse(response.body()));
            }
            pause(retryAfter(response));
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        var asked = response.headers()
                .firstValue("Retry-After")
                .flatMap(GatewayClient::seconds)
                .orElse(Duration.ofSeconds(1));
        return asked.compareTo(MAX_WAIT) < 0 ? asked : MAX_WAIT;
    }

    private static Optional<Duration> seconds(String header) {
        return header.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(header))) : Optional.empty();
    }

    private JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? json.missingNode() : json.readTree(body);
        } catch (JacksonException _) {
            return json.missingNode(); // not JSON: the status has to speak for itself
        }
    }

    private String token() {
        if (clock.instant().isAfter(tokenEnds.minus(TOKEN_MARGIN))) {
            var form = "grant_type=client_credentials&client_id=" + encode(credentials.clientId()) + "&client_secret="
                    + encode(credentials.secret());
            var response = exchange(HttpRequest.newBuilder(credentials.tokenEndpoint())
                    .timeout(REQUEST_TIMEOUT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build());
            var body = parse(response.body());
            if (response.statusCode() != 200) {
                throw new DemoFailure("Keycloak gave no token to client %s: %s"
                        .formatted(
                                credentials.clientId(),
                                body.path("error_description").asString("HTTP " + response.statusCode())));
            }
            token = body.path("access_token").asString();
            tokenEnds = clock.instant().plusSeconds(body.path("expires_in").asLong());
        }
        return token;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new DemoFailure(
                    "%s does not answer (%s). Is Menara running? Start it with ./menara up"
                            .formatted(request.uri(), e.toString()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
