package menara.testkit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import menara.embeddedmongodb.EmbeddedMongoServer;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One service, really running on a free port against an embedded server, spoken to over HTTP. It can be stopped and started again on
 * the same data. Whatever a test asks it for, every answer of its API is held to its own OpenAPI document, and every query that it made to
 * the indexes that it declares.
 */
public final class RunningService implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A service says the same of itself however often a test starts it. */
    private static final Map<Class<?>, DocumentedAnswers> DOCUMENTED = new ConcurrentHashMap<>();

    private final String service;
    private final Map<String, String> settings;
    private final Class<?> application;
    private final Clock clock;
    private final EmbeddedMongoServer mongo = EmbeddedMongoServer.inMemory();
    private final MongoClient client;
    private final TestTokens tokens;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final DocumentedAnswers documented;
    private final QueriesWithoutIndex queries;
    private ConfigurableApplicationContext context;

    /**
     * @param service name, {@code capacity}
     * @param application its main class
     * @param clock what the service takes for the present
     */
    public RunningService(String service, Class<?> application, Clock clock) {
        this(service, application, clock, Map.of());
    }

    /** @param settings what is different from how the service is run otherwise, by property */
    public RunningService(String service, Class<?> application, Clock clock, Map<String, String> settings) {
        this.service = service;
        this.settings = settings;
        this.application = application;
        this.clock = clock;
        this.queries = new QueriesWithoutIndex("menara_" + service);
        this.tokens = new TestTokens(service + "-service");
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.connectionString()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        this.context = start();
        this.documented = DOCUMENTED.computeIfAbsent(application, _ -> new DocumentedAnswers(document()));
    }

    private ConfigurableApplicationContext start() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("menara.service", service);
        properties.put("menara.mongodb.uri", mongo.connectionString());
        properties.put("menara.security.issuer", tokens.issuer());
        properties.put("menara.security.jwk-set-uri", tokens.jwkSetUri());
        properties.put("menara.security.audience", service + "-service");
        properties.put("logging.structured.format.console", ""); // for people
        properties.put("axoniq.update-checker.disabled", true);
        properties.put("menara.eventstore.processors.patience", "100ms"); // what fails on purpose is parked soon
        properties.putAll(settings);
        var arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        SpringApplication spring = new SpringApplicationBuilder(application)
                .initializers(started -> {
                    started.getBeanFactory().registerSingleton("clock", clock);
                    started.getBeanFactory().registerSingleton("queriesWithoutIndex", queries);
                })
                .build();
        return spring.run(arguments);
    }

    /** Stops the service and starts it again on the same data. */
    public void restart() {
        context.close();
        context = start();
    }

    /** A bean of the running service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public TestTokens tokens() {
        return tokens;
    }

    /** A client of the server that the service and its neighbours store on. */
    public MongoClient mongo() {
        return client;
    }

    /** What came back. */
    public record Answer(int status, HttpResponse<byte[]> response, JsonNode body) {

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }
    }

    public Answer get(String path, @Nullable String token, String... headers) {
        return send("GET", path, token, null, headers);
    }

    /** Posts JSON under a fresh idempotency key, unless {@code headers} name one. */
    public Answer post(String path, @Nullable String token, Object body, String... headers) {
        return send("POST", path, token, body instanceof String text ? text : json.writeValueAsString(body), headers);
    }

    /**
     * @param headers name, value, name, value …
     * @throws AssertionError if the answer is not as the service documents it
     */
    public Answer send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var answer = ask(method, path, token, body, headers);
        var differences = differences(method, answer);
        if (!differences.isEmpty()) {
            throw new AssertionError("not as documented: " + String.join("\n", differences));
        }
        return answer;
    }

    /** What is not as the service documents it. */
    List<String> differences(String method, Answer answer) {
        var place = answer.response().uri();
        return place.getPath().startsWith("/api/%s/".formatted(service))
                        && !place.getPath().startsWith(documentPath())
                ? documented.differences(method, place, answer)
                : List.of();
    }

    /** Sends without looking at what comes back. */
    Answer ask(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        return exchange(request(method, path, token, body, headers));
    }

    /** The status that is answered to a body of so many bytes before any of them is sent. */
    int statusBeforeBody(String method, String path, String token, long bytes, List<String> headers) {
        var lines = new ArrayList<>(List.of(
                method + " " + path + " HTTP/1.1",
                "Host: 127.0.0.1",
                "Authorization: Bearer " + token,
                "Content-Length: " + bytes));
        for (int i = 0; i < headers.size(); i += 2) {
            lines.add(headers.get(i) + ": " + headers.get(i + 1));
        }
        var head = String.join("\r\n", lines) + "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answered = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return answered == null ? 0 : Integer.parseInt(answered.split(" ", 3)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** What the service says of its API: an OpenAPI 3.1 document. */
    public JsonNode document() {
        return exchange(request("GET", documentPath(), null, null)).body();
    }

    private String documentPath() {
        return "/api/%s/openapi".formatted(service);
    }

    private HttpRequest request(
            String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var uri = URI.create("http://127.0.0.1:%d%s".formatted(port(), path));
        var given = new ArrayList<>(List.of(headers));
        var request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !given.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (body != null && !given.contains("Idempotency-Key")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < given.size(); i += 2) {
            request.header(given.get(i), given.get(i + 1));
        }
        return request.build();
    }

    private Answer exchange(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            var body = isJson && response.body().length > 0 ? json.readTree(response.body()) : json.missingNode();
            return new Answer(response.statusCode(), response, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @throws AssertionError if the service asked its database for something that no index of it answers */
    @Override
    public void close() {
        context.close();
        tokens.close();
        client.close();
        mongo.close();
        var found = queries.found();
        if (!found.isEmpty()) {
            throw new AssertionError("no index for:\n" + String.join("\n", found));
        }
    }
}
