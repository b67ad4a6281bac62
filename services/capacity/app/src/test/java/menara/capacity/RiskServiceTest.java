package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.StoredLog;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deratings, slips and what they put at risk, over HTTP and in the published log. */
class RiskServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
        for (var phase : new String[] {"p1", "p2"}) {
            post("/phases", """
                    {"phase":"%s","name":"Phase","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-06-01"}""".formatted(phase));
        }
        post("/phases/p1/commissionings", """
                {"power":{"value":396,"unit":"kW"},"at":"2026-01-01T00:00:00Z"}""");
        post("/phases/p2/commissionings", """
                {"power":{"value":132,"unit":"kW"},"at":"2027-06-01T00:00:00Z"}""");
        hall("h1", "p1", 2);
        hall("h2", "p1", 1);
        hall("h3", "p2", 1);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void what_a_node_loses_puts_the_youngest_commitment_at_risk_proposes_a_move_and_is_over_when_it_is_restored() {
        var elder = reserved("phase", "p1", "2027-01-01", "2027-02-01");
        var younger = reserved("phase", "p1", "2027-01-01", "2027-02-01");

        var derated = post("/deratings", """
                {"node":"h1","cause":"cooling","lost":{"value":132,"unit":"kW"},"reason":"a chiller is out"}""");

        assertThat(derated.status()).as(derated.text()).isEqualTo(201);
        assertThat(derated.body().path("atRisk").size()).isEqualTo(1);
        var risk = derated.body().at("/atRisk/0");
        assertThat(risk.path("reservation").asString()).isEqualTo(younger);
        assertThat(risk.at("/shortfalls/0/node").asString()).isEqualTo("h1");
        assertThat(risk.at("/shortfalls/0/missing/value").asLong()).isEqualTo(132_000);
        assertThat(risk.at("/move/racks").toString()).isEqualTo("[\"h2-0\"]");
        assertThat(get("/risks").at("/atRisk/0/reservation").asString()).isEqualTo(younger);
        assertThat(get("/reservations/" + younger).path("state").asString())
                .as("a commitment at risk stands")
                .isEqualTo("confirmed");
        assertThat(get("/envelope?at=2027-01-15T00:00:00Z").toString()).contains("\"derated\":{\"value\":132000");
        assertThat(refused("h1", "2028-01-01", "2028-02-01", 2)).isEqualTo("power-limit-exceeded");

        var restored = post("/deratings/" + derated.body().path("derating").asString() + "/restoration", "{}");

        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.body().path("atRisk").size()).isZero();
        assertThat(get("/risks").path("atRisk").size()).isZero();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                listed(derated.body().path("derating").asString()))
                        .singleElement()
                        .satisfies(found ->
                                assertThat(found.path("active").asBoolean(true)).isFalse()));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(published(younger))
                        .containsSubsequence(
                                "menara.capacity.ReservationAtRisk", "menara.capacity.ReservationNoLongerAtRisk"));
        assertThat(published(elder)).doesNotContain("menara.capacity.ReservationAtRisk");
    }

    @Test
    void a_phase_that_slips_puts_at_risk_who_was_committed_its_power() {
        var committed = reserved("h3", "2027-07-01", "2027-12-01");

        var slipped =
                post("/phases/p2/postponement", "{\"until\":\"2027-09-01T00:00:00Z\",\"reason\":\"transformer\"}");

        assertThat(slipped.status()).as(slipped.text()).isEqualTo(200);
        assertThat(slipped.body().path("plannedFrom").asString()).isEqualTo("2027-09-01");
        assertThat(slipped.body().at("/atRisk/0/reservation").asString()).isEqualTo(committed);
        assertThat(slipped.body().at("/atRisk/0/shortfalls/0/node").asString()).isEqualTo("p2");
        assertThat(get("/phases/p2").path("plannedFrom").asString()).isEqualTo("2027-09-01");
        assertThat(post("/phases/p2/postponement", "{\"until\":\"2027-08-01T00:00:00Z\",\"reason\":\"x\"}")
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("postponement-backwards");

        post(
                "/phases/p2/commissionings",
                "{\"power\":{\"value\":132,\"unit\":\"kW\"},\"at\":\"2027-06-15T00:00:00Z\"}");

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(published(committed)).contains("menara.capacity.ReservationNoLongerAtRisk"));
    }

    @Test
    void what_cannot_be_derated_is_said() {
        assertField(
                "node",
                "{\"node\":\"nowhere\",\"cause\":\"outage\",\"lost\":{\"value\":1,\"unit\":\"kW\"},\"reason\":\"x\"}");
        assertField(
                "lost",
                "{\"node\":\"h1\",\"cause\":\"outage\",\"lost\":{\"value\":1,\"unit\":\"MW\"},\"reason\":\"x\"}");
        assertField(
                "reason",
                "{\"node\":\"h1\",\"cause\":\"outage\",\"lost\":{\"value\":1,\"unit\":\"kW\"},\"reason\":\" \"}");
        assertField(
                "until",
                "{\"node\":\"h1\",\"cause\":\"outage\",\"lost\":{\"value\":1,\"unit\":\"kW\"},\"until\":\"2026-01-01T00:00:00Z\",\"reason\":\"x\"}");
        assertField(
                "cause",
                "{\"node\":\"h1\",\"cause\":\"whim\",\"lost\":{\"value\":1,\"unit\":\"kW\"},\"reason\":\"x\"}");
        assertThat(post("/deratings/00000000-0000-7000-8000-000000000000/restoration", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_reserve_is_held_back_only_where_nothing_is_committed() {
        reserved("h2", "2029-01-01", "2029-02-01");
        var reserve = """
                {"node":"h2","cause":"reserve","lost":{"value":200,"unit":"kW"},"from":"%s","until":"%s","reason":"N+1"}""";

        assertThat(post("/deratings", reserve.formatted("2029-01-15T00:00:00Z", "2029-03-01T00:00:00Z"))
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("reserve-above-free");
        assertThat(post("/deratings", reserve.formatted("2029-02-01T00:00:00Z", "2029-03-01T00:00:00Z"))
                        .status())
                .isEqualTo(201);
        assertThat(refused("h2", "2029-02-10", "2029-02-20", 1)).isEqualTo("power-limit-exceeded");
    }

    private static void assertField(String field, String body) {
        var answer = post("/deratings", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asString())
                .as(answer.text())
                .isEqualTo(field);
    }

    private static List<JsonNode> listed(String derating) {
        return get("/deratings")
                .path("items")
                .valueStream()
                .filter(item -> item.path("derating").asString().equals(derating))
                .toList();
    }

    private static List<String> published(String reservation) {
        return StoredLog.read(service.mongo().getDatabase("menara_capacity"), "published").stream()
                .filter(event -> StoredLog.json(event).contains(reservation))
                .map(event -> event.type().qualifiedName().fullName())
                .toList();
    }

    private static void hall(String hall, String phase, int racks) {
        post(
                "/halls",
                "{\"hall\":\"%s\",\"phase\":\"%s\",\"limit\":{\"value\":264,\"unit\":\"kW\"}}".formatted(hall, phase));
        for (int i = 0; i < racks; i++) {
            post("/racks", """
                    {"racks":[{"rack":"%s-%d","hall":"%s","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""".formatted(hall, i, hall));
        }
    }

    private static String reserved(String hall, String from, String until) {
        return reserved("hall", hall, from, until);
    }

    private static String reserved(String kind, String place, String from, String until) {
        var confirmed = confirmation(kind, place, from, until, 1);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        return confirmed.body().path("reservation").asString();
    }

    private static String refused(String hall, String from, String until, int racks) {
        return confirmation("hall", hall, from, until, racks)
                .body()
                .path("rule")
                .asString();
    }

    private static Answer confirmation(String kind, String place, String from, String until, int racks) {
        var requested = post("/reservations", """
                {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                 "period":{"from":"%sT00:00:00Z","until":"%sT00:00:00Z"},"racks":{"count":%d,"%s":"%s"}}""".formatted(from, until, racks, kind, place));
        assertThat(requested.status()).as(requested.text()).isEqualTo(201);
        return post("/reservations/" + requested.body().path("reservation").asString() + "/confirmation", "{}");
    }

    private static Answer post(String path, String body) {
        return service.post("/api/capacity" + path, token(), body);
    }

    private static JsonNode get(String path) {
        return service.get("/api/capacity" + path, token()).body();
    }

    private static String token() {
        return service.tokens().token("manager", Role.CAPACITY_MANAGER, Role.OPERATOR);
    }
}
