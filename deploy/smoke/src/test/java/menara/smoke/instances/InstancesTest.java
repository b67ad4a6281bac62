package menara.smoke.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.platform.security.Role;
import menara.testkit.TestTokens;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo's story is told to two processes of billing and two of capacity on one database, while each of them in turn is killed and paused
 * for longer than its claims hold. In the end all figures are those of a story that nobody disturbed. {@code ./menara prove instances} runs
 * it; it takes some ten minutes.
 */
@EnabledIfSystemProperty(named = "menara.instances", matches = "true")
class InstancesTest {

    private static final Duration STORY_LIMIT = Duration.ofMinutes(15);
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(3);

    /** Longer than claims hold. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** What is asked for at the end: everything that does not depend on the hour at which it is asked. */
    private static final List<String> FIGURES = List.of(
            "/api/billing/contracts?limit=1000",
            "/api/billing/projections/accrued?month=%s",
            "/api/billing/invoices?limit=1000&month=%s",
            "/api/capacity/phases?limit=1000",
            "/api/capacity/racks?limit=1000",
            "/api/capacity/reservations?limit=1000",
            "/api/operations/racks?limit=1000",
            "/api/operations/incidents?limit=1000",
            "/api/investment/commitments?limit=1000",
            "/api/investment/milestones?limit=1000",
            "/api/investment/capital-calls?limit=1000");

    @Test
    void killed_and_paused_processes_change_no_figure() throws Exception {
        var undisturbed = new House("undisturbed").tell(false);
        var disturbed = new House("disturbed").tell(true);

        undisturbed.forEach((question, figures) ->
                assertThat(disturbed.get(question)).as(question).isEqualTo(figures));
    }

    private static final class House {

        private final Path folder;
        private final JsonMapper json = JsonMapper.builder().build();
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<ServiceProcess> processes = new ArrayList<>();

        House(String name) throws IOException {
            folder = Files.createDirectories(Path.of("target", "instances", name))
                    .toAbsolutePath();
        }

        Map<String, List<String>> tell(boolean disturbed) throws Exception {
            try (var mongo = EmbeddedMongoServer.inMemory();
                    var tokens = new TestTokens("menara")) {
                start(mongo, tokens);
                try (var front = new Front(processes, client -> token(tokens, client))) {
                    processes.forEach(ServiceProcess::awaitReady);
                    if (disturbed) {
                        tellDisturbed(front);
                    } else {
                        story(front);
                    }
                    var figures = figures(front, token(tokens, "menara-demo"));
                    assertThat(front.differences())
                            .as("answers under the same key")
                            .isEmpty();
                    assertThat(front.repeated()).isPositive();
                    return figures;
                }
            } finally {
                for (var process : processes) {
                    process.close();
                }
            }
        }

        private void start(EmbeddedMongoServer mongo, TestTokens tokens) throws IOException {
            var settings = List.of(
                    "--menara.mongodb.uri=" + mongo.connectionString(),
                    "--menara.security.issuer=" + tokens.issuer(),
                    "--menara.security.jwk-set-uri=" + tokens.jwkSetUri(),
                    "--menara.security.audience=menara");
            for (var service : List.of("billing", "capacity", "operations", "investment")) {
                int count = service.equals("billing") || service.equals("capacity") ? 2 : 1;
                for (int number = 1; number <= count; number++) {
                    processes.add(new ServiceProcess(service, number, settings, folder));
                }
            }
        }

        private static String token(TestTokens tokens, String client) {
            return client.equals("menara-demo")
                    ? tokens.reportingFor(
                            List.of("atlas-ai", "rif-bio"),
                            client,
                            Role.OPERATOR,
                            Role.CAPACITY_MANAGER,
                            Role.BILLING_CLERK,
                            Role.INVESTOR_RELATIONS,
                            Role.USAGE_REPORTER,
                            Role.USAGE_BACKFILL,
                            Role.FINANCE)
                    : tokens.token(client, Role.INVESTMENT_APPROVER, Role.BILLING_APPROVER);
        }

        private void tellDisturbed(Front front) throws Exception {
            var disturber = new Disturber(processes.stream()
                    .filter(process -> process.service().equals("billing")
                            || process.service().equals("capacity"))
                    .toList());
            try (disturber) {
                do {
                    story(front); // told again it is the same story
                } while (!disturber.isDone());
            }
            disturber.check();
            story(front);
        }

        private void story(Front front) throws IOException, InterruptedException {
            var demo = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "menara.demo.Demo");
            demo.environment().put("MENARA_GATEWAY_URI", front.address().toString());
            demo.environment().put("MENARA_ISSUER", front.address().toString());
            demo.environment().put("MENARA_DEMO_SECRET", "demo");
            demo.environment().put("MENARA_DEMO_APPROVER_SECRET", "approver");
            demo.environment()
                    .put("MENARA_DEMO_DOCUMENTS", folder.resolve("documents").toString());
            var log = folder.resolve("demo.log");
            var running = demo.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try {
                assertThat(running.waitFor(STORY_LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .as("the story ends")
                        .isTrue();
                assertThat(running.exitValue()).as(Files.readString(log)).isZero();
            } finally {
                running.destroyForcibly();
            }
        }

        /** Without what is different whenever a story is told: instants, ids, and what follows from them. */
        private Map<String, List<String>> figures(Front front, String token) throws Exception {
            var month = YearMonth.from(Instant.now().minus(Duration.ofDays(4)).atZone(ZoneId.of("Africa/Casablanca")))
                    .minusMonths(1);
            billRun(front, token, month);
            var figures = new TreeMap<String, List<String>>();
            for (var form : FIGURES) {
                var question = form.formatted(month);
                var last = new ArrayList<List<String>>();
                Awaitility.await(question)
                        .atMost(QUIET_LIMIT)
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> {
                            last.add(leaves(get(front.address().resolve(question), token)));
                            return last.size() > 2 && last.getLast().equals(last.get(last.size() - 3));
                        });
                figures.put(form, last.getLast());
            }
            return figures;
        }

        private void billRun(Front front, String token, YearMonth month) throws Exception {
            var answer = http.send(
                    HttpRequest.newBuilder(front.address().resolve("/api/billing/bill-runs"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "bill-run-" + month)
                            .POST(BodyPublishers.ofString("{\"month\":\"%s\"}".formatted(month)))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        }

        private JsonNode get(URI uri, String token) throws IOException, InterruptedException {
            var answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(uri + " " + answer.body()).isEqualTo(200);
            return json.readTree(answer.body());
        }

        private static List<String> leaves(JsonNode answer) {
            var leaves = new ArrayList<String>();
            leaves(answer, "", leaves);
            leaves.sort(null);
            return leaves;
        }

        private static void leaves(JsonNode node, String path, List<String> leaves) {
            if (node.isObject()) {
                node.properties().forEach(field -> leaves(field.getValue(), path + "/" + field.getKey(), leaves));
            } else if (node.isArray()) {
                node.forEach(item -> leaves(item, path, leaves));
            } else if (!isOfTheMoment(node)) {
                leaves.add(path + "=" + node.asString());
            }
        }

        private static boolean isOfTheMoment(JsonNode leaf) {
            var text = leaf.asString();
            return text.matches("[0-9a-f]{8}-[0-9a-f-]{27}.*|\\d{4}-\\d{2}-\\d{2}T.*|[0-9a-f]{64}");
        }
    }

    /** Kills and pauses one process after the other. */
    private static final class Disturber implements AutoCloseable {

        private final List<ServiceProcess> processes;
        private final Thread thread;
        private volatile boolean done;
        private volatile Optional<Exception> failure = Optional.empty();

        Disturber(List<ServiceProcess> processes) {
            this.processes = processes;
            this.thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            try {
                for (var process : processes) {
                    Thread.sleep(BETWEEN);
                    process.kill();
                    process.startAgain();
                    process.pause();
                    Thread.sleep(PAUSE);
                    process.wake();
                }
            } catch (IOException | InterruptedException e) {
                failure = Optional.of(e);
            } finally {
                done = true;
            }
        }

        boolean isDone() {
            return done;
        }

        void check() throws Exception {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        @Override
        public void close() {
            if (!done) {
                thread.interrupt();
            }
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
