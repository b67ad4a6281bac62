package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.platform.security.Role;
import menara.testkit.TestTokens;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own is killed while it confirms, and started again. */
class KillTest {

    private static final int KILLS = Integer.getInteger("menara.capacity.kills", 2);
    private static final int RACKS = 40;
    private static final int CALLERS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void what_was_confirmed_is_there_after_a_kill_and_no_rack_is_committed_twice() throws Exception {
        try (var mongo = EmbeddedMongoServer.inMemory();
                var tokens = new TestTokens("capacity-service");
                var client = MongoClients.create(mongo.connectionString());
                var contracts = new SignedContracts(client, Clock.systemUTC())) {
            Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();
            Queue<String> unanswered = new ConcurrentLinkedQueue<>();
            for (int kill = 0; kill < KILLS; kill++) {
                try (var service = new Service(mongo, tokens)) {
                    if (kill == 0) {
                        service.build();
                        contracts.sign(SignedContracts.OF_ATLAS, "atlas-ai", SignedContracts.LONG);
                    }
                    service.killInTheMidst(2030 + kill, acknowledged, unanswered);
                }
            }
            try (var service = new Service(mongo, tokens)) {
                service.check(acknowledged, unanswered);
            }
        }
    }

    private static final class Service implements AutoCloseable {

        private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

        private final Process process;
        private final String address;
        private final String token;
        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        private final JsonMapper json = JsonMapper.shared();

        Service(EmbeddedMongoServer mongo, TestTokens tokens) throws IOException {
            token = tokens.token("manager", Role.CAPACITY_MANAGER, Role.OPERATOR);
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Daxoniq.update-checker.disabled=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CapacityApplication.class.getName(),
                            "--server.port=0",
                            "--menara.mongodb.uri=" + mongo.connectionString(),
                            "--menara.security.issuer=" + tokens.issuer(),
                            "--menara.security.jwk-set-uri=" + tokens.jwkSetUri(),
                            "--logging.level.org.springframework.boot=info", // it tells the port
                            "--logging.structured.format.console=")
                    .redirectErrorStream(true)
                    .start();
            address = "http://127.0.0.1:" + port() + "/api/capacity";
        }

        private String port() throws IOException {
            var lines = new ArrayList<String>();
            var reader = process.inputReader(StandardCharsets.UTF_8);
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                var started = STARTED.matcher(line);
                if (started.find()) {
                    // Nobody reads on, so that the pipe must not fill: the rest goes nowhere.
                    Thread.ofVirtual().start(() -> reader.lines().forEach(_ -> {}));
                    return started.group(1);
                }
            }
            throw new IOException("the service did not start: " + lines);
        }

        void build() throws IOException, InterruptedException {
            done("/phases", """
                    {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-06-01"}""");
            done("/phases/p1/commissionings", """
                    {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
            done("/halls", """
                    {"hall":"h1","phase":"p1","limit":{"value":40,"unit":"MW"}}""");
            var racks = new ArrayList<String>();
            for (int i = 0; i < RACKS; i++) {
                racks.add("""
                        {"rack":"r%02d","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}""".formatted(i));
            }
            done("/racks", "{\"racks\":[" + String.join(",", racks) + "]}");
        }

        private HttpResponse<String> done(String path, String body) throws IOException, InterruptedException {
            var answer = post(path, body);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
            return answer;
        }

        /** More callers and requests than can be served before the kill. */
        void killInTheMidst(int year, Map<String, JsonNode> acknowledged, Queue<String> unanswered) throws Exception {
            var demands = new ConcurrentLinkedQueue<String>();
            for (int i = 0; i < RACKS + CALLERS; i++) {
                var requested = done("/reservations", """
                        {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                         "period":{"from":"%d-01-01T00:00:00Z","until":"%d-02-01T00:00:00Z"},"racks":{"count":1}}""".formatted(year, year));
                demands.add(json.readTree(requested.body()).path("reservation").asString());
            }
            int before = acknowledged.size();
            try (var callers = Executors.newFixedThreadPool(CALLERS)) {
                var done = new ArrayList<Future<?>>();
                for (int i = 0; i < CALLERS; i++) {
                    done.add(callers.submit(() -> confirm(demands, acknowledged, unanswered)));
                }
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(TIMEOUT)
                        .until(() -> acknowledged.size() >= before + RACKS / 4);
                process.destroyForcibly().waitFor();
                for (var caller : done) {
                    caller.get();
                }
            }
            assertThat(unanswered).as("killed in the midst").isNotEmpty();
        }

        private void confirm(Queue<String> demands, Map<String, JsonNode> acknowledged, Queue<String> unanswered) {
            for (var demanded = demands.poll(); demanded != null; demanded = demands.poll()) {
                try {
                    var answer = post("/reservations/" + demanded + "/confirmation", "{}");
                    if (answer.statusCode() == 200) {
                        acknowledged.put(demanded, json.readTree(answer.body()).path("racks"));
                    }
                } catch (IOException _) {
                    unanswered.add(demanded);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        /** A retry of what was not answered is decided once, whether or not it had been decided before the kill. */
        void check(Map<String, JsonNode> acknowledged, Queue<String> unanswered) throws Exception {
            for (var demanded : unanswered) {
                var first = post("/reservations/" + demanded + "/confirmation", "{}");
                var second = post("/reservations/" + demanded + "/confirmation", "{}");
                assertThat(first.statusCode()).as(first.body()).isIn(200, 409);
                assertThat(second.statusCode()).isEqualTo(first.statusCode());
                if (first.statusCode() == 200) {
                    acknowledged.put(demanded, json.readTree(first.body()).path("racks"));
                }
            }
            Map<String, HashSet<String>> takenInYear = new HashMap<>();
            for (var entry : acknowledged.entrySet()) {
                // Documents follow once the killed process's claim on them has run out.
                var shown = await().atMost(TIMEOUT)
                        .until(
                                () -> json.readTree(
                                        get("/reservations/" + entry.getKey()).body()),
                                found -> found.path("state").asString().equals("confirmed"));
                assertThat(shown.path("racks")).isEqualTo(entry.getValue());
                var year = shown.at("/period/from").asString();
                assertThat(takenInYear
                                .computeIfAbsent(year, _ -> new HashSet<>())
                                .add(entry.getValue().get(0).asString()))
                        .as("%s in %s", entry.getValue(), year)
                        .isTrue();
            }
            for (var year : takenInYear.entrySet()) {
                var envelope = get("/envelope?at=" + year.getKey()).body();
                assertThat(json.readTree(envelope)
                                .at("/nodes/0/committed/value")
                                .asLong())
                        .as("what is committed is what was acknowledged")
                        .isEqualTo(132_000L * year.getValue().size());
            }
            assertThat(takenInYear).hasSize(KILLS);
            assertThat(List.copyOf(takenInYear.values()))
                    .allSatisfy(racks -> assertThat(racks).isNotEmpty());
        }

        private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
            return http.send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        private HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(request(path).build(), BodyHandlers.ofString());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + token);
        }

        @Override
        public void close() {
            process.destroyForcibly();
            http.shutdownNow();
        }
    }
}
