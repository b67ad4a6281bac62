package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.StoredLog;
import menara.testkit.TestClock;
import menara.values.Period;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over HTTP: racks are committed on a contract of the tenant that is in force, and on no other. */
class ContractServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
    private static final Period YEARS =
            Period.between(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2037-01-01T00:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @SuppressWarnings("NullAway.Init")
    private static SignedContracts contracts;

    @BeforeAll
    static void start() {
        service = new RunningService("capacity", CapacityApplication.class, CLOCK);
        contracts = new SignedContracts(service.mongo(), CLOCK);
        manager("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        manager("/phases/p1/commissionings", """
                {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
        manager("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":264,"unit":"kW"}}""");
        manager("/racks", """
                {"racks":[{"rack":"r1","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}},
                          {"rack":"r2","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""");
    }

    @AfterAll
    static void stop() {
        contracts.close();
        service.close();
    }

    @Test
    void a_contract_of_another_tenant_is_refused_in_the_words_of_one_that_nobody_signed() {
        var ofRif = signed("rif-bio");
        var ofNobody = UUID.randomUUID().toString();

        for (var caller : new String[] {tenant("atlas-ai"), manager()}) {
            var foreign = request(caller, "atlas-ai", ofRif, 2030);
            var unknown = request(caller, "atlas-ai", ofNobody, 2030);

            assertThat(foreign.status()).as(foreign.text()).isEqualTo(409);
            assertThat(foreign.body().path("rule").asString()).isEqualTo("contract-unknown");
            assertThat(foreign.header("Retry-After")).isEqualTo(unknown.header("Retry-After"));
            assertThat(foreign.text().replace(ofRif, "…").replaceAll("\"instance\".*", ""))
                    .isEqualTo(unknown.text().replace(ofNobody, "…").replaceAll("\"instance\".*", ""))
                    .doesNotContain("rif");
        }
        assertThat(service.get("/api/capacity/reservations?contract=" + ofRif, manager())
                        .body()
                        .path("items")
                        .isEmpty())
                .as("nothing was asked for")
                .isTrue();
        assertThat(request(tenant("rif-bio"), "rif-bio", ofRif, 2030).status()).isEqualTo(201);
    }

    @Test
    void a_request_that_came_before_its_contract_may_be_sent_again_as_it_was() {
        var contract = UUID.randomUUID().toString();
        var key = UUID.randomUUID().toString();
        var body = body("atlas-ai", contract, "2031-01-01T00:00:00Z", "2031-02-01T00:00:00Z");

        var early = service.post("/api/capacity/reservations", tenant("atlas-ai"), body, "Idempotency-Key", key);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.header("Retry-After")).isNotEmpty();

        contracts.sign(contract, "atlas-ai", YEARS);
        var again = service.post("/api/capacity/reservations", tenant("atlas-ai"), body, "Idempotency-Key", key);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        var repeated = service.post("/api/capacity/reservations", tenant("atlas-ai"), body, "Idempotency-Key", key);
        assertThat(repeated.text()).isEqualTo(again.text());
    }

    @Test
    void a_period_outside_the_term_is_refused_and_one_that_touches_both_ends_is_not() {
        var contract = signed("atlas-ai");

        for (var period : new String[][] {
            {"2026-12-31T23:00:00Z", "2028-01-01T00:00:00Z"},
            {"2036-01-01T00:00:00Z", "2037-01-01T01:00:00Z"},
            {"2040-01-01T00:00:00Z", "2041-01-01T00:00:00Z"}
        }) {
            var outside = service.post(
                    "/api/capacity/reservations", manager(), body("atlas-ai", contract, period[0], period[1]));
            assertThat(outside.status()).isEqualTo(409);
            assertThat(outside.body().path("rule").asString()).isEqualTo("outside-contract-term");
            assertThat(outside.body().path("detail").asString()).contains("2037-01-01T00:00:00Z");
        }
        assertThat(service.post(
                                "/api/capacity/reservations",
                                manager(),
                                body("atlas-ai", contract, "2027-01-01T00:00:00Z", "2037-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void what_was_asked_for_before_a_contract_ended_is_committed_no_more() {
        var contract = signed("atlas-ai");
        var held = path(request(manager(), "atlas-ai", contract, 2032));
        assertThat(manager(held + "/hold", "{}").status()).isEqualTo(200);
        var asked = path(request(manager(), "atlas-ai", contract, 2032));

        contracts.endsAt(contract, 1, Instant.parse("2030-01-01T00:00:00Z"));

        for (var step :
                new String[] {asked + "/hold", asked + "/waitlist", asked + "/confirmation", held + "/confirmation"}) {
            var refused = manager(step, "{}");
            assertThat(refused.status()).as(step).isEqualTo(409);
            assertThat(refused.body().path("rule").asString()).as(step).isEqualTo("outside-contract-term");
        }
        assertThat(state(asked)).isEqualTo("requested");
        contracts.endsAt(contract, 2, Instant.parse("2037-01-01T00:00:00Z"));
        assertThat(manager(held + "/confirmation", "{}").body().path("state").asString())
                .as("the contract was renewed")
                .isEqualTo("confirmed");
        assertThat(manager(held + "/changes", "{\"until\":\"2038-01-01T00:00:00Z\"}")
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("outside-contract-term");
        contracts.endsAt(contract, 3, Instant.parse("2032-01-20T00:00:00Z"));
        assertThat(manager(held + "/changes", "{\"until\":\"2032-01-10T00:00:00Z\"}")
                        .status())
                .as("less may be had at any time")
                .isEqualTo(200);
        assertThat(manager(held + "/release", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_commitment_never_outlasts_its_contract() {
        var contract = signed("atlas-ai");
        var other = signed("atlas-ai");
        var partly = confirmed(contract, "2034-01-01T00:00:00Z", "2034-03-01T00:00:00Z");
        var beyond = confirmed(contract, "2035-01-01T00:00:00Z", "2035-03-01T00:00:00Z");
        var before = confirmed(contract, "2027-01-01T00:00:00Z", "2027-03-01T00:00:00Z");
        var others = confirmed(other, "2035-01-01T00:00:00Z", "2035-03-01T00:00:00Z");

        contracts.endsAt(contract, 1, Instant.parse("2034-02-01T00:00:00Z"));

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(until(partly)).isEqualTo("2034-02-01T00:00:00Z");
            assertThat(state(beyond)).isEqualTo("released");
            assertThat(cutShort()).contains(id(partly), id(beyond));
        });
        assertThat(state(partly)).isEqualTo("confirmed");
        assertThat(until(before)).isEqualTo("2027-03-01T00:00:00Z");
        assertThat(state(others)).isEqualTo("confirmed");
        assertThat(cutShort()).doesNotContain(id(before), id(others));

        contracts.endsAt(contract, 2, Instant.parse("2037-01-01T00:00:00Z"));
        contracts.endsAt(contract, 3, Instant.parse("2034-02-01T00:00:00Z"));
        var last = signed("atlas-ai");
        confirmed(last, "2036-01-01T00:00:00Z", "2036-02-01T00:00:00Z");
        contracts.endsAt(last, 1, Instant.parse("2036-01-01T00:00:00Z"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(cutShort()).hasSizeGreaterThan(2));
        assertThat(cutShort()).doesNotHaveDuplicates();
    }

    @Test
    void racks_that_were_handed_over_go_back_when_their_contract_ends_earlier() {
        var contract = UUID.randomUUID().toString();
        contracts.sign(contract, "atlas-ai", SignedContracts.LONG);
        var path = confirmed(contract, "2026-11-01T00:00:00Z", "2026-12-20T00:00:00Z");
        assertThat(manager(path + "/activation", "{}").status()).isEqualTo(200);

        contracts.endsAt(contract, 1, Instant.parse("2026-12-01T00:00:00Z"));

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(found(path).path("endedAt").asString("")).isEqualTo("2026-12-01T00:00:00Z"));
        assertThat(manager(path + "/release", "{}").body().path("rule").asString())
                .isEqualTo("reservation-ended");
    }

    private static String confirmed(String contract, String from, String until) {
        var path = path(service.post("/api/capacity/reservations", manager(), body("atlas-ai", contract, from, until)));
        assertThat(manager(path + "/confirmation", "{}").status()).isEqualTo(200);
        return path;
    }

    private static JsonNode found(String path) {
        return service.get("/api/capacity" + path, manager()).body();
    }

    private static String until(String path) {
        return found(path).at("/period/until").asString();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Of which reservations it was published that their contract cut them short, in that order. */
    private static List<String> cutShort() {
        return StoredLog.read(service.mongo().getDatabase("menara_capacity"), "published").stream()
                .filter(event -> event.type().name().equals("menara.capacity.ReservationCutShort"))
                .map(event -> JsonMapper.shared()
                        .readTree(StoredLog.json(event))
                        .path("reservation")
                        .asString())
                .toList();
    }

    @Test
    void who_waits_on_a_contract_that_ended_is_passed_over() {
        var ends = signed("atlas-ai");
        var stays = signed("rif-bio");
        var holder = path(both("atlas-ai", signed("atlas-ai")));
        assertThat(manager(holder + "/confirmation", "{}").status()).isEqualTo(200);
        var first = path(both("atlas-ai", ends));
        var second = path(both("rif-bio", stays));
        manager(first + "/waitlist", "{}");
        manager(second + "/waitlist", "{}");

        contracts.endsAt(ends, 1, Instant.parse("2029-01-01T00:00:00Z"));
        manager(holder + "/release", "{}");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(state(second)).isEqualTo("confirmed"));
        assertThat(state(first)).isEqualTo("waitlisted");
    }

    @Test
    void what_billing_says_again_or_late_changes_nothing() {
        var contract = signed("atlas-ai");
        var first = contracts.log().message(contracts.signed(contract, "atlas-ai", YEARS));
        var stolen = contracts.log().message(contracts.signed(contract, "rif-bio", SignedContracts.LONG));
        contracts.endsAt(contract, 2, Instant.parse("2035-01-01T00:00:00Z"));

        contracts.log().publishAgain(first);
        contracts.log().publishAgain(stolen);
        signed("atlas-ai"); // comes after those, so they have been read

        assertThat(request(manager(), "rif-bio", contract, 2030).status()).isEqualTo(409);
        assertThat(request(manager(), "atlas-ai", contract, 2036).status()).isEqualTo(409);
        assertThat(request(manager(), "atlas-ai", contract, 2034).status()).isEqualTo(201);
    }

    private static String signed(String tenant) {
        var contract = UUID.randomUUID().toString();
        contracts.sign(contract, tenant, YEARS);
        return contract;
    }

    private static String tenant(String tenant) {
        return service.tokens().memberOf(tenant, Role.TENANT);
    }

    private static String manager() {
        return service.tokens().token("manager", Role.CAPACITY_MANAGER);
    }

    private static Answer manager(String path, String body) {
        return service.post("/api/capacity" + path, manager(), body);
    }

    private static Answer request(String token, String tenant, String contract, int year) {
        return service.post(
                "/api/capacity/reservations",
                token,
                body(tenant, contract, year + "-01-01T00:00:00Z", year + "-02-01T00:00:00Z"));
    }

    /** Both racks there are. */
    private static Answer both(String tenant, String contract) {
        return service.post(
                "/api/capacity/reservations",
                manager(),
                body(tenant, contract, "2033-01-01T00:00:00Z", "2033-02-01T00:00:00Z")
                        .replace("\"count\":1", "\"count\":2"));
    }

    private static String body(String tenant, String contract, String from, String until) {
        return """
                {"contract":"%s","tenant":"%s","period":{"from":"%s","until":"%s"},"racks":{"count":1}}""".formatted(contract, tenant, from, until);
    }

    private static String path(Answer requested) {
        assertThat(requested.status()).as(requested.text()).isEqualTo(201);
        return "/reservations/" + requested.body().path("reservation").asString();
    }

    private static String state(String path) {
        return found(path).path("state").asString();
    }
}
