package menara.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.platform.security.Role;
import menara.testkit.LostAnswer;
import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;
import menara.testkit.StoredLog;
import menara.testkit.TestClock;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest extends RouteTableWalk {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService("example", ExampleApplication.class, CLOCK);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    protected RunningService service() {
        return service;
    }

    @Override
    protected String name() {
        return "example";
    }

    private static String clerk() {
        return service.tokens().token("clerk", Role.BILLING_CLERK);
    }

    private static String open() {
        var answer = service.post("/api/example/accounts", clerk(), "{\"limit\":{\"value\":132,\"unit\":\"kW\"}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("account").asString();
    }

    private static RunningService.Answer deposit(String account, String amount, String note) {
        var answer = service.post(
                "/api/example/accounts/" + account + "/deposits",
                clerk(),
                Map.of("amount", Map.of("amount", amount, "currency", "MAD"), "note", note));
        return answer;
    }

    @Test
    void who_writes_reads_what_it_wrote() {
        var account = open();
        for (int i = 1; i <= 20; i++) {
            assertThat(deposit(account, i + ".25", "").body().path("deposits").asInt())
                    .isEqualTo(i);
            assertThat(service.get("/api/example/accounts/" + account, clerk())
                            .body()
                            .path("last")
                            .asString())
                    .isEqualTo(i + ".25");
        }
    }

    @Test
    void concurrent_commands_on_one_state_all_go_through() throws Exception {
        var account = open();
        var counts = new HashSet<Integer>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(java.util.Collections.nCopies(20, (Callable<Integer>)
                    () -> deposit(account, "1.00", "").body().path("deposits").asInt()));
            for (var answer : answers) {
                counts.add(answer.get());
            }
        }
        assertThat(counts).hasSize(20).contains(1, 20);
    }

    @Test
    void private_events_are_published_once_and_in_order_across_restarts() {
        var account = open();
        var amounts = new ArrayList<String>();
        for (int i = 1; i <= 12; i++) {
            deposit(account, i + ".00", i % 4 == 0 ? "secret" : "");
            if (i % 4 != 0) {
                amounts.add(i + ".00");
            }
            if (i % 5 == 0) {
                service.restart();
            }
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(published(account)).isEqualTo(amounts));
    }

    private static List<String> published(String account) {
        return StoredLog.read(service.mongo().getDatabase("menara_example"), "published").stream()
                .map(event -> Document.parse(StoredLog.json(event)))
                .filter(payload -> payload.getString("account").equals(account))
                .map(payload -> payload.get("amount", Document.class).getString("amount"))
                .toList();
    }

    @Test
    void a_poison_event_is_parked_with_what_follows_it_and_everything_else_goes_on() {
        var sick = open();
        var well = open();
        deposit(sick, "1.00", "poison");
        deposit(sick, "2.00", "");
        deposit(well, "3.00", "");

        assertThat(service.get("/api/example/accounts/" + well, clerk())
                        .body()
                        .path("last")
                        .asString())
                .isEqualTo("3.00");
        assertThat(service.get("/api/example/accounts/" + sick, clerk())
                        .body()
                        .path("last")
                        .asString())
                .isEqualTo("0.00");
        var parked = service.get("/actuator/parked", service.tokens().token("operator", Role.OPERATOR))
                .body()
                .path("balances");
        assertThat(parked.valueStream()
                        .filter(event -> event.path("sequence").asString().equals(sick)))
                .hasSize(2);
    }

    @Test
    void parked_events_are_replayed_in_order_once_their_handler_can_stomach_them() {
        var account = open();
        ExampleApplication.stomachsPoison = false;
        deposit(account, "1.00", "poison");
        deposit(account, "2.00", "");
        var operator = service.tokens().token("operator", Role.OPERATOR);
        assertThat(service.get("/actuator/parked", operator).text())
                .contains(account)
                .contains("cannot stomach this");

        ExampleApplication.stomachsPoison = true;
        var replayed = service.post("/actuator/parked/balances", operator, Map.of("sequence", account));
        ExampleApplication.stomachsPoison = false;

        assertThat(replayed.body().path("replayed").asInt()).as(replayed.text()).isEqualTo(2);
        assertThat(service.get("/api/example/accounts/" + account, clerk())
                        .body()
                        .path("last")
                        .asString())
                .isEqualTo("2.00");
        deposit(account, "3.00", "");
        assertThat(service.get("/api/example/accounts/" + account, clerk())
                        .body()
                        .path("last")
                        .asString())
                .isEqualTo("3.00");
    }

    @Test
    void parked_events_are_played_again_by_themselves_when_their_time_has_come() {
        var account = open();
        ExampleApplication.stomachsPoison = false;
        deposit(account, "1.00", "poison");
        deposit(account, "2.00", "");
        var operator = service.tokens().token("operator", Role.OPERATOR);
        await().atMost(LIMIT)
                .until(() -> service.get("/actuator/parked", operator).text().contains(account));

        ExampleApplication.stomachsPoison = true;
        CLOCK.advance(MongoParkingLot.MAX_WAIT);

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(service.get("/api/example/accounts/" + account, clerk())
                                .body()
                                .path("last")
                                .asString())
                        .isEqualTo("2.00"));
        ExampleApplication.stomachsPoison = false;
    }

    @Test
    void health_and_metrics_tell_how_the_processors_do() {
        open();
        assertThat(service.get("/actuator/health/readiness", null).status()).isEqualTo(200);
        assertThat(service.get("/actuator/prometheus", null).text())
                .contains("menara_processor_lag{processor=\"balances\"")
                .contains("menara_processor_parked")
                .contains("menara_publisher_lag")
                .contains("menara_log_commit_seconds_count");
        assertThat(service.get("/actuator/parked", clerk()).status()).isEqualTo(403);
        assertThat(service.get("/actuator/env", service.tokens().token("all", Role.values()))
                        .status())
                .isIn(403, 404);
    }

    @Test
    void head_tells_of_an_answer_what_get_tells_and_sends_none() {
        var account = open();
        for (var path : List.of("/api/example/accounts/" + account, "/api/example/accounts/nobody")) {
            var get = service.get(path, clerk());
            var head = service.send("HEAD", path, clerk(), null);
            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(told(head)).as(path).isEqualTo(told(get));
            assertThat(head.response().body()).isEmpty();
        }
    }

    /** The headers, but for what is new in each answer, and what tells how a body is sent that is not. */
    private static Map<String, List<String>> told(RunningService.Answer answer) {
        var headers = new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(List.of("date", "x-correlation-id", "transfer-encoding"));
        return headers;
    }

    @Test
    void the_api_describes_itself() {
        var document = service.get("/api/example/openapi", null);
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.body().path("openapi").asString()).startsWith("3.1");
        assertThat(document.body().path("paths").propertyNames()).contains("/api/example/accounts/{id}");
    }

    @Test
    void the_same_key_and_body_get_the_first_answer_again() {
        var body = "{\"limit\":{\"value\":1,\"unit\":\"MW\"}}";
        var first = service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "key-1");
        var second = service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "key-1");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(service.post(
                                "/api/example/accounts",
                                clerk(),
                                "{\"limit\":{\"value\":2,\"unit\":\"MW\"}}",
                                "Idempotency-Key",
                                "key-1")
                        .status())
                .isEqualTo(422);
        assertThat(service.post(
                                "/api/example/accounts",
                                service.tokens().token("other", Role.BILLING_CLERK),
                                body,
                                "Idempotency-Key",
                                "key-1")
                        .body())
                .as("a key belongs to its caller")
                .isNotEqualTo(first.body());
    }

    @Test
    void a_request_whose_answer_was_lost_makes_the_same_again_also_without_a_trace_of_it() {
        var body = "{\"limit\":{\"value\":1,\"unit\":\"MW\"}}";
        var first = service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "lost-1");
        LostAnswer.to("lost-1", service);
        assertThat(service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "lost-1")
                        .header("Location"))
                .isEqualTo(first.header("Location"));
        LostAnswer.withoutATrace("lost-1", service);
        assertThat(service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "lost-1")
                        .header("Location"))
                .isEqualTo(first.header("Location"));
    }

    @Test
    void a_key_that_is_old_enough_makes_something_new_and_the_same_again_if_that_answer_is_lost() {
        var body = "{\"limit\":{\"value\":1,\"unit\":\"MW\"}}";
        var first = service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "old-1");
        CLOCK.advance(Duration.ofDays(8));
        var second = service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "old-1");
        assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
        LostAnswer.to("old-1", service);
        assertThat(service.post("/api/example/accounts", clerk(), body, "Idempotency-Key", "old-1")
                        .header("Location"))
                .isEqualTo(second.header("Location"));
    }

    @Test
    void bad_input_names_the_field() {
        assertInvalid("{\"limit\":{\"value\":132,\"unit\":\"PS\"}}", "limit", "unit must be one of");
        assertInvalid("{\"limit\":{\"value\":-1,\"unit\":\"W\"}}", "limit", "must not be negative");
        assertInvalid("{\"limit\":{\"value\":1,\"unit\":\"W\"},\"colour\":\"red\"}", "colour", "not known");
        assertInvalid("{\"limit\":{\"value\":1", "limit", "Unexpected end-of-input");
        assertInvalid("{}", "limit", "");
        assertInvalid("{\"limit\":{\"value\":0,\"unit\":\"W\"}}", "limit", "more than nothing");
        var refused = deposit(open(), "-5.00", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("rule").asString()).isEqualTo("deposit-not-positive");
        assertThat(service.post("/api/example/accounts/not-a-uuid/deposits", clerk(), "{}")
                        .status())
                .isEqualTo(400);
    }

    private static void assertInvalid(String body, String field, String detail) {
        var answer = service.post("/api/example/accounts", clerk(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .as(answer.text())
                .isEqualTo(field);
        assertThat(answer.body().path("errors").path(0).path("detail").asString())
                .contains(detail);
    }

    @Test
    void the_correlation_id_runs_from_the_request_into_both_logs_and_back() {
        var account = open();
        var answer = service.post(
                "/api/example/accounts/" + account + "/deposits",
                clerk(),
                Map.of("amount", Map.of("amount", "7.00", "currency", "MAD"), "note", ""),
                "X-Correlation-Id",
                "5f0c1d2e-0001-4000-8000-00000000c0de");

        assertThat(answer.header("X-Correlation-Id")).isEqualTo("5f0c1d2e-0001-4000-8000-00000000c0de");
        for (String log : new String[] {"events", "published"}) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    StoredLog.read(service.mongo().getDatabase("menara_example"), log))
                            .as(log)
                            .filteredOn(event -> "5f0c1d2e-0001-4000-8000-00000000c0de"
                                    .equals(event.metadata().get("correlationId")))
                            .hasSize(1));
        }
    }

    @Test
    void a_body_without_a_length_is_limited_too() {
        var answer = service.send("POST", "/api/example/accounts", clerk(), "x".repeat(1 << 20));
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void an_answer_that_is_as_documented_passes() {
        assertThat(service.get("/api/example/claims/true", clerk()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "other-status, 202 is not documented",
        "other-type, media type text/plain is not among [application/json]",
        "null, /name: type [null",
        "number, /name: type [integer",
        "nothing, required [name",
        "more, additionalProperties [other"
    })
    void an_answer_that_is_not_as_documented_fails_the_test_that_got_it(String kind, String why) {
        assertThatThrownBy(() -> service.get("/api/example/claims/" + kind, clerk()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /api/example/claims/" + kind)
                .hasMessageContaining(why);
    }
}
