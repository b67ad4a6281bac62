package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import menara.platform.security.Role;
import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;
import menara.values.Period;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The service over HTTP, its neighbours' logs fed by the test. Each test has racks and contracts of its own. */
class OperationsServiceTest extends RouteTableWalk {

    private static final String INCIDENTS = "/api/operations/incidents";

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @BeforeAll
    static void start() {
        site = new Site();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void back_to_the_present() {
        site.clock.set(Site.NOW);
    }

    @Override
    protected RunningService service() {
        return site.service;
    }

    @Override
    protected String name() {
        return "operations";
    }

    @Test
    void a_rack_is_energised_once_and_published_once() {
        site.register("hall-a", "a1", "a2");
        var at = Map.of("at", "2026-04-15T11:00:00Z");

        assertThat(site.service
                        .post("/api/operations/racks/a1/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":1,\"unchanged\":0}");
        assertThat(site.service
                        .post("/api/operations/racks/a1/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":0,\"unchanged\":1}");
        assertThat(site.service
                        .post("/api/operations/halls/hall-a/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":1,\"unchanged\":1}");

        await().atMost(Site.LIMIT)
                .untilAsserted(() -> assertThat(site.published("RackEnergised").stream()
                                .filter(event -> event.path("hall").asString().equals("hall-a"))
                                .map(event -> event.path("rack").asString()))
                        .containsExactly("a1", "a2"));
    }

    @Test
    void a_rack_or_hall_that_capacity_did_not_register_is_not_found() {
        var at = Map.of("at", "2026-04-15T11:00:00Z");

        assertThat(site.service
                        .post("/api/operations/racks/nowhere/energisation", site.operator(), at)
                        .status())
                .isEqualTo(404);
        assertThat(site.service
                        .post("/api/operations/halls/nowhere/energisation", site.operator(), at)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void racks_are_listed_page_by_page_with_when_they_got_power() {
        site.register("hall-z", "z1", "z2", "z3");
        site.service.post(
                "/api/operations/racks/z2/energisation", site.operator(), Map.of("at", "2026-04-15T11:00:00Z"));

        var racks = new java.util.ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = site.service
                    .get("/api/operations/racks?limit=2" + cursor, site.operator())
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 2);
            page.path("items").forEach(racks::add);
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(racks)
                .extracting(rack -> rack.path("rack").asString())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(racks.stream().filter(rack -> rack.path("hall").asString().equals("hall-z")))
                .extracting(rack -> rack.path("energisedAt").asString(""))
                .containsExactly("", "2026-04-15T11:00:00Z", "");
    }

    @Test
    void an_incident_is_opened_read_and_resolved() {
        site.register("hall-b", "b1");

        var opened = site.open("2026-04-15T09:00:00.5Z", "b1");
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.body().path("state").asString()).isEqualTo("open");
        assertThat(opened.body().path("startedAt").asString()).isEqualTo("2026-04-15T09:00:00Z");
        var location = opened.header("Location");
        assertThat(site.service.get(location, site.operator()).body()).isEqualTo(opened.body());

        var incident = opened.body().path("incident").asString();
        var resolved = site.resolve(incident, "2026-04-15T10:00:00Z");
        assertThat(resolved.body().path("state").asString()).isEqualTo("resolved");
        assertThat(site.service.get(location, site.operator()).body()).isEqualTo(resolved.body());

        assertThat(site.resolve(incident, "2026-04-15T10:00:00Z").body()).isEqualTo(resolved.body());
        var other = site.resolve(incident, "2026-04-15T10:00:01Z");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("rule").asString()).isEqualTo("incident-already-resolved");
        await().atMost(Site.LIMIT)
                .untilAsserted(() -> assertThat(site.published("IncidentResolved"))
                        .filteredOn(event -> event.path("incident").asString().equals(incident))
                        .hasSize(1));
    }

    @Test
    void the_same_key_opens_one_incident() {
        site.register("hall-c", "c1");
        var body = "{\"title\":\"leak\",\"severity\":1,\"racks\":[\"c1\"],\"startedAt\":\"2026-04-15T09:00:00Z\"}";

        var first = site.service.post(INCIDENTS, site.operator(), body, "Idempotency-Key", "leak-1");
        var second = site.service.post(INCIDENTS, site.operator(), body, "Idempotency-Key", "leak-1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title      | {"title":"","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            severity   | {"title":"x","severity":5,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            severity   | {"title":"x","severity":"worst","racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            racks      | {"title":"x","severity":2,"racks":[],"startedAt":"2026-04-15T09:00:00Z"}
            racks[1]   | {"title":"x","severity":2,"racks":["d1","unheard-of"],"startedAt":"2026-04-15T09:00:00Z"}
            racks[0]   | {"title":"x","severity":2,"racks":["../d1"],"startedAt":"2026-04-15T09:00:00Z"}
            racks[0]   | {"title":"x","severity":2,"racks":[null],"startedAt":"2026-04-15T09:00:00Z"}
            startedAt  | {"title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T12:00:01Z"}
            startedAt  | {"title":"x","severity":2,"racks":["d1"],"startedAt":"yesterday"}
            startedAt  | {"title":"x","severity":2,"racks":["d1"]}
            startedAt  | {"title":"x","severity":2,"racks":["d1"],"startedAt":null}
            resolvedAt | {"title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z","resolvedAt":"2026-04-15T09:00:00Z"}
            """)
    void a_bad_incident_is_refused_naming_the_field(String field, String body) {
        if (site.service
                        .mongo()
                        .getDatabase("menara_operations")
                        .getCollection("racks")
                        .countDocuments(new org.bson.Document("_id", "d1"))
                == 0) {
            site.register("hall-d", "d1");
        }
        int before = site.published("IncidentOpened").size();

        var answer = site.service.post(INCIDENTS, site.operator(), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .as(answer.text())
                .isEqualTo(field);
        assertThat(site.published("IncidentOpened")).hasSize(before);
    }

    @Test
    void a_resolved_incident_measures_every_contract_and_month_it_touched() {
        site.register("hall-e", "e1", "e2", "e3");
        var first = Site.contract();
        var second = Site.contract();
        site.capacity.publish(
                site.activated(first, "atlas", Site.SPRING, "e1", "e2"),
                site.activated(second, "rif", Site.SPRING, "e3"));
        site.billing.publish(
                site.signed(first, "atlas", Site.CASABLANCA), site.signed(second, "rif", ZoneId.of("UTC")));
        site.awaitKnown(first, "2026-04", 2 * 720 * 3_600);
        site.awaitKnown(second, "2026-04", 720 * 3_600);

        // two hours across midnight of 31 March in UTC; in Casablanca (+01:00) April began an hour before the end of
        // March in UTC
        var incident = site.outage("2026-03-31T22:30:00Z", "2026-04-01T00:30:00Z", "e1", "e3");

        // March in Casablanca has 743 hours and began at 2026-03-01T00:00Z (+00:00 in Ramadan): 743 h x 2 racks =
        // 89,160 min
        site.awaitMeasured(first, "2026-03 1: 30/89160", "2026-04 1: 90/86400");
        site.awaitMeasured(second, "2026-03 1: 90/44640", "2026-04 1: 30/43200");
        assertThat(site.measured(first).getFirst().path("incidents").path(0).asString())
                .isEqualTo(incident);
        assertThat(site.measured(first).getFirst().path("tenant").asString()).isEqualTo("atlas");

        var view = site.availability(site.operator(), first, "2026-04").body();
        assertThat(view.path("scheduledRackMinutes").asString()).isEqualTo("86400");
        assertThat(view.path("unavailableRackMinutes").asString()).isEqualTo("90");
        assertThat(view.path("availabilityPercent").asString()).isEqualTo("99.895833");
        assertThat(view.path("timeZone").asString()).isEqualTo("Africa/Casablanca");
    }

    @Test
    void an_incident_resolved_before_anything_else_is_known_is_measured_when_the_last_piece_arrives() {
        site.register("hall-f", "f1");
        var contract = Site.contract();
        var other = Site.contract();
        site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "f1");

        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "f1"));
        site.billing.publish(site.signed(other, "atlas", Site.CASABLANCA));
        site.awaitKnown(other, "2026-04", 0);
        assertThat(site.measured(contract)).isEmpty();
        site.billing.publish(site.signed(contract, "atlas", Site.CASABLANCA));
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.capacity.publish(site.activated(other, "atlas", Site.SPRING, "f1"));
        site.awaitMeasured(other, "2026-04 1: 60/43200");
    }

    @Test
    void an_early_end_and_a_correction_measure_again_with_a_growing_revision() {
        site.register("hall-g", "g1", "g2");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "g1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var incident = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "g1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.clock.advance(Duration.ofMinutes(1));
        site.capacity.publish(site.ended(contract, "atlas", Instant.parse("2026-04-11T00:00:00Z")));
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400");

        site.clock.advance(Duration.ofMinutes(1));
        assertThat(site.correct(incident, "2026-04-10T10:00:00Z", "2026-04-10T10:30:00Z", "g1")
                        .status())
                .isEqualTo(200);
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400", "2026-04 3: 30/14400");

        site.clock.advance(Duration.ofMinutes(1));
        site.correct(incident, "2026-04-10T10:00:00Z", "2026-04-10T10:30:00Z", "g2");
        site.awaitMeasured(
                contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400", "2026-04 3: 30/14400", "2026-04 4: 0/14400");

        var asFirstKnown = site.availability(site.operator(), contract, "2026-04", "&asOf=" + Site.NOW)
                .body();
        assertThat(asFirstKnown.path("scheduledRackSeconds").asLong()).isEqualTo(720 * 3_600);
        assertThat(asFirstKnown.path("unavailableRackSeconds").asLong()).isEqualTo(3_600);
        var now = site.availability(site.operator(), contract, "2026-04").body();
        assertThat(now.path("availabilityPercent").asString()).isEqualTo("100");
    }

    @Test
    void a_repeated_delivery_measures_nothing_new() {
        site.register("hall-h", "h1");
        var contract = Site.contract();
        var activated = site.capacity.message(site.activated(contract, "atlas", Site.SPRING, "h1"));
        var signed = site.billing.message(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publishAgain(activated);
        site.billing.publishAgain(signed);
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "h1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.capacity.publishAgain(activated);
        site.billing.publishAgain(signed);
        // what is published after the repetition is seen after it
        var later = Site.contract();
        site.billing.publish(site.signed(later, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(later, "atlas", Site.SPRING, "h1"));
        site.awaitMeasured(later, "2026-04 1: 60/43200");

        site.awaitMeasured(contract, "2026-04 1: 60/43200");
    }

    @Test
    void an_open_incident_is_named_but_does_not_count() {
        site.register("hall-i", "i1");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "i1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var incident =
                site.open("2026-04-10T10:00:00Z", "i1").body().path("incident").asString();

        var view = site.availability(site.operator(), contract, "2026-04").body();

        assertThat(view.path("unavailableRackSeconds").asLong()).isZero();
        assertThat(view.path("openIncidents").path(0).asString()).isEqualTo(incident);
        assertThat(site.availability(site.operator(), contract, "2026-03")
                        .body()
                        .path("openIncidents"))
                .isEmpty();
    }

    @Test
    void a_tenant_sees_its_own_racks_incidents_and_its_own_contracts_only() {
        site.register("hall-j", "j1", "j2");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "j1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var shared = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "j1", "j2");
        var foreign = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "j2");

        var own = site.service.get(INCIDENTS + "/" + shared, site.tenant("atlas"));
        assertThat(own.body().path("racks").valueStream().map(JsonNode::asString))
                .containsExactly("j1");
        var hidden = site.service.get(INCIDENTS + "/" + foreign, site.tenant("atlas"));
        var missing = site.service.get(INCIDENTS + "/" + new UUID(0, 9), site.tenant("atlas"));
        assertThat(List.of(hidden.status(), missing.status())).containsExactly(404, 404);
        assertThat(hidden.body().path("type")).isEqualTo(missing.body().path("type"));
        assertThat(incidentsOf(site.tenant("atlas"))).contains(shared).doesNotContain(foreign);
        assertThat(incidentsOf(site.operator())).contains(shared, foreign);
        assertThat(incidentsOf(site.tenant("rif"))).doesNotContain(shared, foreign);
        assertThat(incidentsOf(site.service.tokens().token("nobodys", Role.TENANT)))
                .isEmpty();

        assertThat(site.availability(site.tenant("atlas"), contract, "2026-04").status())
                .isEqualTo(200);
        assertThat(site.availability(site.tenant("rif"), contract, "2026-04").status())
                .isEqualTo(404);
        assertThat(site.availability(site.service.tokens().token("nobodys", Role.TENANT), contract, "2026-04")
                        .status())
                .isEqualTo(404);
        assertThat(site.availability(site.operator(), Site.contract(), "2026-04")
                        .status())
                .isEqualTo(404);
    }

    private static List<String> incidentsOf(String token) {
        return site.service
                .get(INCIDENTS + "?limit=1000", token)
                .body()
                .path("items")
                .valueStream()
                .map(incident -> incident.path("incident").asString())
                .toList();
    }

    @Test
    void incidents_are_listed_newest_first_page_by_page() {
        site.register("hall-k", "k1");
        var opened = new java.util.ArrayDeque<String>();
        for (int n = 0; n < 5; n++) {
            site.clock.advance(Duration.ofSeconds(1));
            opened.push(site.open("2026-04-15T09:00:00Z", "k1")
                    .body()
                    .path("incident")
                    .asString());
        }

        var first = site.service.get(INCIDENTS + "?limit=3", site.operator()).body();
        var second = site.service
                .get(INCIDENTS + "?limit=2&cursor=" + first.path("next").asString(), site.operator())
                .body();

        var listed = java.util.stream.Stream.concat(
                        first.path("items").valueStream(), second.path("items").valueStream())
                .map(incident -> incident.path("incident").asString());
        assertThat(listed).containsExactlyElementsOf(opened);
    }

    @ParameterizedTest
    @CsvSource({
        "not-a-uuid,2026-04,contract",
        "00000000-0000-0000-0000-000000000001,April,month",
        ",2026-04,contract",
        "00000000-0000-0000-0000-000000000001,+999999-01,month"
    })
    void a_bad_question_for_availability_is_refused_naming_the_parameter(String contract, String month, String field) {
        var query =
                contract == null ? "month=" + month : "contract=" + contract + "&month=" + month.replace("+", "%2B");

        var answer = site.service.get("/api/operations/availability?" + query, site.operator());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void everything_is_still_known_after_a_restart() {
        site.register("hall-l", "l1");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(
                site.activated(contract, "atlas", Period.between(Site.SPRING.from(), Site.SPRING.until()), "l1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var first = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.service.restart();

        site.correct(first, "2026-04-10T10:00:00Z", "2026-04-10T12:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 120/43200");
        site.outage("2026-04-10T11:30:00Z", "2026-04-10T13:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 120/43200", "2026-04 3: 180/43200");
    }
}
