package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.platform.security.Role;
import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service over HTTP, with tokens, on a database. */
class CapacityServiceTest extends RouteTableWalk {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String CONTRACT = "019b7c3e-0000-7000-8000-000000000002";

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    private static final Party MANAGER = new Party("", Role.CAPACITY_MANAGER);
    private static final Party OPERATOR = new Party("", Role.OPERATOR);
    private static final Party ATLAS = new Party("atlas-ai", Role.TENANT);
    private static final Party RIF = new Party("rif-bio", Role.TENANT);

    /** Somebody who calls the service. */
    private record Party(String organization, Role role) {

        private String token() {
            return organization.isEmpty()
                    ? service.tokens().token(role.realmName(), role)
                    : service.tokens().tokenOf(organization, organization, role);
        }

        Answer get(String path, String... headers) {
            return service.get("/api/capacity" + path, token(), headers);
        }

        Answer post(String path, String body, String... headers) {
            return service.post("/api/capacity" + path, token(), body, headers);
        }
    }

    @Override
    protected RunningService service() {
        return service;
    }

    @Override
    protected String name() {
        return "capacity";
    }

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
        assertThat(MANAGER.post(
                                "/phases",
                                "{\"phase\":\"p1\",\"name\":\"Phase 1\",\"planned\":{\"value\":40,\"unit\":\"MW\"},\"plannedFrom\":\"2025-12-01\"}")
                        .status())
                .isEqualTo(201);
        assertThat(OPERATOR.post(
                                "/phases/p1/commissionings",
                                "{\"power\":{\"value\":396,\"unit\":\"kW\"},\"at\":\"2026-01-01T00:00:00Z\"}")
                        .body()
                        .at("/released/value")
                        .asLong())
                .isEqualTo(396_000);
        assertThat(MANAGER.post("/halls", hall("h1")).status()).isEqualTo(201);
        assertThat(MANAGER.post("/racks", racks("h1", 4))
                        .body()
                        .path("accepted")
                        .asInt())
                .isEqualTo(4);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_reservation_lives_from_request_to_end() {
        var requested = MANAGER.post("/reservations", reservation("atlas-ai", 2040, "\"count\":2,\"hall\":\"h1\""));
        assertThat(requested.status()).as(requested.text()).isEqualTo(201);
        assertThat(requested.body().path("state").asString()).isEqualTo("requested");
        var path = requested.header("Location").substring("/api/capacity".length());

        var confirmed = MANAGER.post(path + "/confirmation", "{}");
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.body().path("racks").toString()).isEqualTo("[\"h1-0000\",\"h1-0001\"]");

        var shown = MANAGER.get(path);
        assertThat(shown.body()).isEqualTo(confirmed.body());
        assertThat(MANAGER.get(path, "If-None-Match", shown.header("ETag")).status())
                .isEqualTo(304);

        var early = MANAGER.post(path + "/activation", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("rule").asString()).isEqualTo("reservation-not-due");
    }

    @Test
    void an_active_reservation_ends_and_frees_its_power() {
        var path = requested(
                "{\"from\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-12-15T00:00:00Z\"}",
                "\"count\":1,\"hall\":\"h1\"");
        MANAGER.post(path + "/confirmation", "{}");
        var at = "/envelope?at=2026-12-10T00:00:00Z";
        assertThat(committed(at, "h1")).isEqualTo(132_000);

        assertThat(OPERATOR.post(path + "/activation", "{}")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("active");
        var ended = OPERATOR.post(path + "/end", "{\"at\":\"2026-12-01T00:00:00Z\"}");

        assertThat(ended.body().path("state").asString()).isEqualTo("ended");
        assertThat(committed(at, "h1")).isZero();
        assertThat(committed("/envelope?at=2026-11-30T23:59:59.999Z", "h1")).isEqualTo(132_000);
        assertThat(MANAGER.get(at, "Accept", "text/csv").text())
                .startsWith(
                        "node,kind,parent,limit_w,committed_w,free_w,derated_w\r\nmenara,site,,396000,0,396000,0\r\n");
    }

    @Test
    void what_does_not_fit_is_refused_with_rule_and_reason_and_stays_rejected() {
        var period = "{\"from\":\"2031-01-01T00:00:00Z\",\"until\":\"2031-02-01T00:00:00Z\"}";
        var path = requested(period, "\"count\":4,\"hall\":\"h1\"");

        var refused = MANAGER.post(path + "/confirmation", "{}");
        var again = MANAGER.post(path + "/confirmation", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("rule").asString()).isEqualTo("power-limit-exceeded");
        assertThat(refused.body().path("detail").asString())
                .contains("phase p1 is short of 132 kW from 2031-01-01T00:00:00Z");
        assertThat(again.body().path("detail")).isEqualTo(refused.body().path("detail"));
        assertThat(MANAGER.get(path).body().path("state").asString()).isEqualTo("rejected");
        var tooMany = requested(period, "\"count\":5,\"hall\":\"h1\"");
        assertThat(MANAGER.post(tooMany + "/confirmation", "{}")
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("not-enough-racks");
    }

    @Test
    void bad_input_is_refused_with_the_field() {
        assertField(
                "colour",
                reservation("atlas-ai", 2040, "\"count\":1").replace("{\"contract\"", "{\"colour\":1,\"contract\""));
        assertField(
                "period",
                "{\"contract\":\"" + CONTRACT
                        + "\",\"tenant\":\"atlas-ai\",\"period\":{\"from\":\"2026-03-01T00:00:00Z\",\"until\":\"2026-02-01T00:00:00Z\"},\"racks\":{\"count\":1}}");
        assertField("racks.count", reservation("atlas-ai", 2040, "\"count\":0"));
        assertField("racks.count", reservation("atlas-ai", 2040, "\"hall\":\"h1\""));
        assertField("racks.hall", reservation("atlas-ai", 2040, "\"count\":1,\"hall\":\"h9\""));
        assertField("racks.names[1]", reservation("atlas-ai", 2040, "\"names\":[\"h1-0000\",\"nowhere\"]"));
        assertField("racks.names[1]", reservation("atlas-ai", 2040, "\"names\":[\"h1-0000\",\"h1-0000\"]"));
        assertField("contract", reservation("atlas-ai", 2040, "\"count\":1").replace(CONTRACT, "not-a-uuid"));
        assertField("/halls", "limit", hall("h3").replace("\"kW\"", "\"horses\""));
        assertField("/halls", "limit", hall("h3").replace("5280", "-1"));
        assertField("/halls", "phase", hall("h3").replace("p1", "p9"));
        assertField(
                "/phases/p1/commissionings",
                "at",
                "{\"power\":{\"value\":1,\"unit\":\"W\"},\"at\":\"1970-01-01T00:00:00Z\"}");
        assertField(
                "/phases/p1/commissionings",
                "power",
                "{\"power\":{\"value\":0,\"unit\":\"W\"},\"at\":\"2026-01-01T00:00:00Z\"}");
        assertField("/phases/p1/commissionings", "at", "{\"power\":{\"value\":1,\"unit\":\"W\"}}");
        assertField("/racks", "racks[1].plannedPower", racks("h1", 2).replaceFirst("(?s)(.*)132", "$1-132"));
        assertThat(MANAGER.post("/halls", "{\"hall\":").status()).isEqualTo(400);
        assertThat(MANAGER.get("/reservations?state=lost").status()).isEqualTo(400);
        assertThat(MANAGER.get("/racks?limit=0").status()).isEqualTo(400);
        assertThat(MANAGER.get("/envelope?at=yesterday").status()).isEqualTo(400);
    }

    @Test
    void an_import_of_1213_racks_is_reported_item_by_item_and_can_be_repeated() {
        MANAGER.post("/halls", hall("big").replace("5280", "40000"));
        var batch = racks("big", 1_213);
        var withBroken = batch.replace("\"big-0007\",\"hall\":\"big\"", "\"big-0007\",\"hall\":\"nowhere\"");

        var first = MANAGER.post("/racks", withBroken).body();
        var second = MANAGER.post("/racks", batch).body();

        assertThat(first.path("accepted").asInt()).isEqualTo(1_212);
        assertThat(first.at("/rejected/0/index").asInt()).isEqualTo(7);
        assertThat(first.at("/rejected/0/detail").asString()).contains("no hall nowhere");
        assertThat(second.path("accepted").asInt()).isEqualTo(1);
        assertThat(second.path("unchanged").asInt()).isEqualTo(1_212);
        // A command waits for its read model, but not for as long as a thousand racks may take on a busy machine.
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(MANAGER.get("/racks?hall=big&limit=1000")
                                .body()
                                .path("items")
                                .size())
                        .isEqualTo(1_000));
    }

    @Test
    void a_wish_that_does_not_fit_is_answered_with_what_does() {
        var request =
                "{\"period\":{\"from\":\"2050-01-01T00:00:00Z\",\"until\":\"2050-02-01T00:00:00Z\"},\"racks\":{\"count\":%d,\"hall\":\"h1\"}}";

        var tooMuch = ATLAS.post("/offers", request.formatted(4));
        assertThat(tooMuch.status()).as(tooMuch.text()).isEqualTo(200);
        assertThat(tooMuch.body().path("fits").asBoolean()).isFalse();
        var offer = tooMuch.body().at("/offers/0");
        assertThat(offer.path("kind").asString()).isEqualTo("fewer");
        assertThat(offer.path("explanation").asString()).isEqualTo("3 of 4 racks");
        assertThat(offer.path("racks").size()).isEqualTo(3);

        var enough = ATLAS.post("/offers", request.formatted(3));
        assertThat(enough.body().path("fits").asBoolean()).isTrue();

        assertField("/offers", "racks.hall", request.formatted(3).replace("h1", "nowhere"));
        assertField("/offers", "period", request.formatted(3).replace("2050-02", "2049-02"));
        assertField("/offers", "racks.count", request.formatted(0));
    }

    @Test
    void the_same_key_gets_the_same_answer_and_another_body_is_refused() {
        var key = UUID.randomUUID().toString();
        var first = MANAGER.post("/reservations", reservation("atlas-ai", 2041, "\"count\":1"), "Idempotency-Key", key);
        var second =
                MANAGER.post("/reservations", reservation("atlas-ai", 2041, "\"count\":1"), "Idempotency-Key", key);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(MANAGER.post("/reservations", reservation("atlas-ai", 2041, "\"count\":2"), "Idempotency-Key", key)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_tenant_sees_its_own_reservations_and_no_others() {
        var own = ATLAS.post("/reservations", reservation("atlas-ai", 2042, "\"count\":1"));
        var path = own.header("Location").substring("/api/capacity".length());

        assertThat(ATLAS.get(path).status()).isEqualTo(200);
        assertThat(RIF.get(path).status()).isEqualTo(404);
        assertThat(RIF.get(path).body().path("type"))
                .isEqualTo(RIF.get("/reservations/" + UUID.randomUUID()).body().path("type"));
        assertThat(RIF.get("/reservations").body().path("items").toString()).doesNotContain("atlas-ai");
        assertThat(ATLAS.get("/reservations").body().path("items").size()).isPositive();
        assertThat(RIF.post("/reservations", reservation("atlas-ai", 2042, "\"count\":1"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_comes_for_a_partner_sees_no_reservation_whatever_else_it_may_do() {
        var path = requested(
                "{\"from\":\"2043-01-01T00:00:00Z\",\"until\":\"2043-02-01T00:00:00Z\"}",
                "\"count\":1,\"hall\":\"h1\"");
        var partner = service.tokens().tokenOf("lloyds", "lloyds-desk", Role.PARTNER, Role.CAPACITY_MANAGER);

        assertThat(service.get("/api/capacity" + path, partner).status()).isEqualTo(404);
        assertThat(service.get("/api/capacity/reservations", partner)
                        .body()
                        .path("items")
                        .toString())
                .isEqualTo("[]");
        assertThat(service.post("/api/capacity/reservations", partner, reservation("atlas-ai", 2043, "\"count\":1"))
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("tenant");
    }

    @Test
    void roles_decide_what_may_be_done() {
        var finance = new Party("", Role.FINANCE);
        var auditor = new Party("", Role.AUDITOR);

        assertThat(finance.get("/racks").status()).isEqualTo(200);
        assertThat(finance.post("/halls", hall("h8")).status()).isEqualTo(403);
        assertThat(auditor.get("/envelope").status()).isEqualTo(200);
        assertThat(auditor.post("/reservations", "{}").status()).isEqualTo(403);
        assertThat(ATLAS.get("/racks").status()).isEqualTo(403);
        assertThat(ATLAS.get("/envelope").status()).isEqualTo(403);
        assertThat(MANAGER.get("/unheard-of").status()).isEqualTo(404);
    }

    private static void assertField(String field, String body) {
        assertField("/reservations", field, body);
    }

    private static void assertField(String path, String field, String body) {
        var answer = MANAGER.post(path, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asString())
                .as(answer.text())
                .isEqualTo(field);
    }

    private static long committed(String envelope, String node) {
        for (var found : MANAGER.get(envelope).body().path("nodes")) {
            if (found.path("node").asString().equals(node)) {
                return found.at("/committed/value").asLong();
            }
        }
        throw new AssertionError("no node " + node);
    }

    private static String requested(String period, String racks) {
        var body = "{\"contract\":\"%s\",\"tenant\":\"atlas-ai\",\"period\":%s,\"racks\":{%s}}"
                .formatted(CONTRACT, period, racks);
        return MANAGER.post("/reservations", body).header("Location").substring("/api/capacity".length());
    }

    private static String reservation(String tenant, int year, String racks) {
        return """
                {"contract":"%s","tenant":"%s",
                 "period":{"from":"%d-01-01T00:00:00Z","until":"%d-02-01T00:00:00Z"},"racks":{%s}}""".formatted(CONTRACT, tenant, year, year, racks);
    }

    private static String hall(String hall) {
        return "{\"hall\":\"%s\",\"phase\":\"p1\",\"limit\":{\"value\":5280,\"unit\":\"kW\"}}".formatted(hall);
    }

    private static String racks(String hall, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "{\"rack\":\"%s-%04d\",\"hall\":\"%s\",\"gpus\":72,\"model\":\"NVL72\",\"plannedPower\":{\"value\":132,\"unit\":\"kW\"}}"
                                .formatted(hall, i, hall))
                .collect(Collectors.joining(",", "{\"racks\":[", "]}"));
    }
}
