package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import menara.platform.security.Role;
import menara.testkit.LostAnswer;
import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Routes, racks and incidents over HTTP. Each test has racks of its own. */
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
        var at = Map.of("energisedAt", "2026-04-15T11:00:00Z");

        assertThat(site.service
                        .post("/api/operations/racks/a1/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":1,\"unchanged\":0}");
        assertThat(site.service
                        .post("/api/operations/racks/a1/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":1,\"unchanged\":1}");
        assertThat(site.service
                        .post("/api/operations/halls/hall-a/energisation", site.operator(), at)
                        .text())
                .isEqualTo("{\"energised\":2,\"unchanged\":1}");

        await().atMost(Site.LIMIT)
                .untilAsserted(() -> assertThat(site.published("RackEnergised").stream()
                                .filter(event -> event.path("hall").asString().equals("hall-a"))
                                .map(event -> event.path("rack").asString()))
                        .containsExactly("a1", "a2"));
    }

    @Test
    void a_rack_or_hall_that_capacity_did_not_register_is_not_found() {
        var at = Map.of("energisedAt", "2026-04-15T11:00:00Z");

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
                "/api/operations/racks/z2/energisation",
                site.operator(),
                Map.of("energisedAt", "2026-04-15T11:00:00Z"));

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
    void a_corrected_incident_tells_what_was_recorded_before_why_it_was_wrong_and_who_said_so() {
        site.register("hall-x", "x1", "x2");
        var incident = site.open("2026-04-15T09:00:00Z", "x1", "x2")
                .body()
                .path("incident")
                .asString();
        site.resolve(incident, "2026-04-15T10:00:00Z");

        var corrected = site.correct(incident, "2026-04-15T09:30:00Z", "2026-04-15T10:00:00Z", "x1");

        assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
        var correction = corrected.body().at("/corrections/0");
        assertThat(correction.path("reason").asString()).isNotBlank();
        assertThat(correction.path("by").asString()).isNotBlank();
        assertThat(correction.path("at").asString()).isEqualTo(Site.NOW.toString());
        assertThat(correction.at("/before/racks").toString()).isEqualTo("[\"x1\",\"x2\"]");
        assertThat(correction.at("/before/outage/from").asString()).isEqualTo("2026-04-15T09:00:00Z");
        assertThat(correction.at("/after/racks").toString()).isEqualTo("[\"x1\"]");
        assertThat(correction.at("/after/outage/from").asString()).isEqualTo("2026-04-15T09:30:00Z");
        site.correct(incident, "2026-04-15T09:30:00Z", "2026-04-15T09:45:00Z", "x1");
        var shown =
                site.service.get(INCIDENTS + "/" + incident, site.operator()).body();
        assertThat(shown.path("corrections").size()).isEqualTo(2);
        assertThat(shown.at("/corrections/0")).isEqualTo(correction);
        assertThat(shown.at("/corrections/1/before")).isEqualTo(correction.path("after"));
    }

    @Test
    void incidents_are_asked_for_by_state_and_by_when_racks_were_down() {
        site.register("hall-y", "y1", "y2");
        var open =
                site.open("2026-04-12T09:00:00Z", "y1").body().path("incident").asString();
        var over =
                site.open("2026-02-10T09:00:00Z", "y2").body().path("incident").asString();
        site.resolve(over, "2026-02-11T09:00:00Z");

        assertThat(ids("state=open")).contains(open).doesNotContain(over);
        assertThat(ids("state=resolved")).contains(over).doesNotContain(open);
        assertThat(ids("until=2026-04-12T00:00:00Z")).contains(over).doesNotContain(open);
        assertThat(ids("from=2026-02-11T09:00:00Z")).contains(open).doesNotContain(over);
        assertThat(ids("from=2026-02-11T00:00:00Z&until=2026-04-13T00:00:00Z")).contains(open, over);
        assertThat(ids("state=resolved&limit=1&from=2026-02-10T00:00:00Z&until=2026-02-11T00:00:00Z"))
                .containsExactly(over);
        var unknown = site.service.get(INCIDENTS + "?state=broken", site.operator());
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().at("/errors/0/detail").asString()).isEqualTo("must be open or resolved, was broken");
        assertThat(site.service
                        .get(INCIDENTS + "?from=2026-13", site.operator())
                        .body()
                        .at("/errors/0/detail")
                        .asString())
                .isEqualTo("\"2026-13\" cannot be used; give an instant such as 2026-08-14T00:00:00Z");
        assertThat(site.service
                        .get(
                                "/api/operations/availability?contract=%s&month=2026-13"
                                        .formatted(java.util.UUID.randomUUID()),
                                site.operator())
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("month: \"2026-13\" cannot be used; give a month such as 2026-08");
    }

    private static List<String> ids(String query) {
        var found = new ArrayList<String>();
        site.service
                .get(INCIDENTS + "?" + query, site.operator())
                .body()
                .path("items")
                .forEach(incident -> found.add(incident.path("incident").asString()));
        return found;
    }

    @Test
    void the_same_key_opens_one_incident() {
        site.register("hall-c", "c1");
        var body =
                "{\"kind\":\"cooling\",\"title\":\"leak\",\"severity\":1,\"racks\":[\"c1\"],\"startedAt\":\"2026-04-15T09:00:00Z\"}";

        var first = site.service.post(INCIDENTS, site.operator(), body, "Idempotency-Key", "leak-1");
        var second = site.service.post(INCIDENTS, site.operator(), body, "Idempotency-Key", "leak-1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void a_step_repeated_after_its_answer_was_lost_is_answered_as_the_first_time_whatever_came_later() {
        site.register("hall-l", "l1", "l2");
        var at = Map.of("energisedAt", "2026-04-15T11:00:00Z");
        var energised = repeated("/api/operations/racks/l1/energisation", at);
        var hall = repeated("/api/operations/halls/hall-l/energisation", at);
        var opened = repeated(
                INCIDENTS,
                Map.of(
                        "kind",
                        "cooling",
                        "title",
                        "leak",
                        "severity",
                        1,
                        "racks",
                        List.of("l1", "l2"),
                        "startedAt",
                        "2026-04-15T09:00:00Z"));
        var path = INCIDENTS + "/" + opened.first().body().path("incident").asString();
        var resolved = repeated(path + "/resolution", Map.of("resolvedAt", "2026-04-15T10:00:00Z"));
        var correction = Map.of(
                "racks",
                List.of("l1"),
                "startedAt",
                "2026-04-15T09:00:00Z",
                "resolvedAt",
                "2026-04-15T10:00:00Z",
                "reason",
                "l2 was on its other feed");
        var corrected = repeated(path + "/correction", correction);
        site.correct(path.substring(INCIDENTS.length() + 1), "2026-04-15T09:00:00Z", "2026-04-15T09:30:00Z", "l2");

        for (var step : List.of(energised, hall, opened, resolved, corrected)) {
            LostAnswer.to(step.key(), site.service);
            assertThat(step.again().text()).isEqualTo(step.first().text());
        }
        assertThat(site.service
                        .get(path, site.operator())
                        .body()
                        .path("corrections")
                        .size())
                .as("nothing was decided twice")
                .isEqualTo(2);
    }

    /** A request that can be sent again under its key. */
    private record Repeated(String key, Answer first, Supplier<Answer> repeat) {
        Answer again() {
            return repeat.get();
        }
    }

    private static Repeated repeated(String path, Map<String, ?> body) {
        var key = UUID.randomUUID().toString();
        Supplier<Answer> send = () -> site.service.post(path, site.operator(), body, "Idempotency-Key", key);
        var first = send.get();
        assertThat(first.status()).as(first.text()).isBetween(200, 201);
        return new Repeated(key, first, send);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title      | {"kind":"power","title":"","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            kind       | {"kind":"bad-luck","title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            kind       | {"title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            severity   | {"kind":"power","title":"x","severity":5,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            severity   | {"kind":"power","title":"x","severity":"worst","racks":["d1"],"startedAt":"2026-04-15T09:00:00Z"}
            racks      | {"kind":"power","title":"x","severity":2,"racks":[],"startedAt":"2026-04-15T09:00:00Z"}
            racks[1]   | {"kind":"power","title":"x","severity":2,"racks":["d1","unheard-of"],"startedAt":"2026-04-15T09:00:00Z"}
            racks[0]   | {"kind":"power","title":"x","severity":2,"racks":["../d1"],"startedAt":"2026-04-15T09:00:00Z"}
            racks[0]   | {"kind":"power","title":"x","severity":2,"racks":[null],"startedAt":"2026-04-15T09:00:00Z"}
            startedAt  | {"kind":"power","title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T12:00:01Z"}
            startedAt  | {"kind":"power","title":"x","severity":2,"racks":["d1"],"startedAt":"yesterday"}
            startedAt  | {"kind":"power","title":"x","severity":2,"racks":["d1"]}
            startedAt  | {"kind":"power","title":"x","severity":2,"racks":["d1"],"startedAt":null}
            resolvedAt | {"kind":"power","title":"x","severity":2,"racks":["d1"],"startedAt":"2026-04-15T09:00:00Z","resolvedAt":"2026-04-15T09:00:00Z"}
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
        int before = incidentsOf(site.operator()).size();

        var answer = site.service.post(INCIDENTS, site.operator(), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .as(answer.text())
                .isEqualTo(field);
        assertThat(incidentsOf(site.operator())).as("nothing is half-stored").hasSize(before);
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
}
