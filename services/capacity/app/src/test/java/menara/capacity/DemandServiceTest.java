package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Over HTTP: what was asked for stays with a reservation, and a step whose answer was lost is answered as the first time. */
class DemandServiceTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
        for (int level = 1; level <= 2; level++) {
            var phase = "p" + level;
            done("/phases", """
                    {"phase":"%s","name":"Phase","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""".formatted(phase));
            done("/phases/" + phase + "/commissionings", """
                    {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
            done("/phases/" + phase + "/sovereignty", "{\"level\":%d}".formatted(level));
            done("/halls", """
                    {"hall":"h%d","phase":"%s","limit":{"value":20,"unit":"MW"}}""".formatted(level, phase));
            for (int rack = 0; rack < 8; rack++) {
                // The racks of level 1 are small, and come first by name.
                done("/racks", """
                        {"racks":[{"rack":"h%d-%d","hall":"h%d","gpus":%d,"model":"NVL","plannedPower":{"value":%d,"unit":"kW"}}]}""".formatted(level, rack, level, level == 1 ? 8 : 72, level == 1 ? 20 : 132));
            }
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void what_is_read_is_what_was_answered_at_every_step() {
        for (var racks : List.of(
                "\"count\":2,\"level\":2,\"phase\":\"p2\",\"hall\":\"h2\",\"contiguous\":true",
                "\"gpus\":140,\"level\":2,\"spread\":false",
                "\"power\":{\"value\":150,\"unit\":\"kW\"},\"level\":2",
                "\"names\":[\"h2-0\",\"h2-1\"],\"level\":1")) {
            var requested = request(2030, racks);
            var path = path(requested);
            assertThat(get(path)).isEqualTo(requested.body());
            for (var step : List.of("/hold", "/confirmation", "/changes", "/release")) {
                var answer = done(path + step, step.equals("/changes") ? "{\"count\":3}" : "{}");
                assertThat(get(path)).as(racks + " " + step).isEqualTo(answer.body());
                assertThat(answer.body().at("/demand/level").asInt()).isEqualTo(racks.contains("level\":2") ? 2 : 1);
            }
        }
    }

    @Test
    void growing_and_swapping_keep_the_level_and_a_rack_of_another_level_is_refused() {
        var path = path(request(2031, "\"count\":1,\"level\":2"));
        done(path + "/confirmation", "{}");

        var grown = done(path + "/changes", "{\"count\":3}");
        assertThat(grown.body().path("racks").toString()).isEqualTo("[\"h2-0\",\"h2-1\",\"h2-2\"]");
        var swapped = done(path + "/changes", "{\"giveUp\":[\"h2-0\"]}");
        assertThat(swapped.body().path("racks").toString()).isEqualTo("[\"h2-1\",\"h2-2\",\"h2-3\"]");
        var lower = post(path + "/changes", "{\"giveUp\":[\"h2-1\"],\"take\":[\"h1-0\"]}", key());
        assertThat(lower.status()).isEqualTo(409);
        assertThat(lower.body().path("rule").asString()).isEqualTo("sovereignty-level");
        assertThat(get(path)).isEqualTo(swapped.body());
        assertThat(post("/phases/p2/sovereignty", "{\"level\":1}", key())
                        .body()
                        .path("rule")
                        .asString())
                .as("nor is the level taken from under a commitment")
                .isEqualTo("level-committed");
    }

    @Test
    void a_size_is_counted_in_racks_that_may_be_taken() {
        assertThat(request(2032, "\"gpus\":144,\"level\":2")
                        .body()
                        .at("/demand/count")
                        .asInt())
                .isEqualTo(2);
        assertThat(request(2032, "\"gpus\":144").body().at("/demand/count").asInt())
                .as("of any racks, whichever they turn out to be")
                .isEqualTo(18);
        assertThat(request(2032, "\"power\":{\"value\":264,\"unit\":\"kW\"},\"phase\":\"p2\"")
                        .body()
                        .at("/demand/count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_step_whose_answer_was_lost_is_answered_as_the_first_time_and_taken_once() {
        var requestKey = key();
        var body = demanded(2033, "\"count\":2,\"level\":2");
        var requested = post("/reservations", body, requestKey);
        var path = path(requested);
        var confirmKey = key();
        var confirmed = post(path + "/confirmation", "{}", confirmKey);
        var swapKey = key();
        var swap = "{\"giveUp\":[\"%s\"]}"
                .formatted(confirmed.body().at("/racks/0").asString());
        var swapped = post(path + "/changes", swap, swapKey);
        assertThat(swapped.status()).as(swapped.text()).isEqualTo(200);
        var grownKey = key();
        var grown = post(path + "/changes", "{\"count\":4}", grownKey);

        loseAnswers();

        same(post("/reservations", body, requestKey), requested);
        same(post(path + "/confirmation", "{}", confirmKey), confirmed);
        same(post(path + "/changes", swap, swapKey), swapped);
        same(post(path + "/changes", "{\"count\":4}", grownKey), grown);
        assertThat(get(path)).isEqualTo(grown.body());
        var releaseKey = key();
        var released = post(path + "/release", "{}", releaseKey);
        loseAnswers();
        same(post(path + "/release", "{}", releaseKey), released);
        same(post(path + "/changes", swap, swapKey), swapped);
        assertThat(get(path)).isEqualTo(released.body());
    }

    @Test
    void a_slip_a_restoration_or_a_level_said_again_does_not_undo_what_came_after() {
        done("/phases", """
                {"phase":"p3","name":"Phase","planned":{"value":40,"unit":"MW"},"plannedFrom":"2030-01-01"}""");
        var slipKey = key();
        var slip = "{\"until\":\"2030-02-01T00:00:00Z\",\"reason\":\"late\"}";
        assertThat(post("/phases/p3/postponement", slip, slipKey).status()).isEqualTo(200);
        done("/phases/p3/postponement", "{\"until\":\"2030-03-01T00:00:00Z\",\"reason\":\"later\"}");
        var levelKey = key();
        post("/phases/p3/sovereignty", "{\"level\":1}", levelKey);
        done("/phases/p3/sovereignty", "{\"level\":2}");
        var derating = done("/deratings", """
                {"node":"h1","cause":"outage","lost":{"value":1,"unit":"kW"},"reason":"out"}""").body().path("derating").asString();
        var restoreKey = key();
        post("/deratings/" + derating + "/restoration", "{\"at\":\"2027-01-01T00:00:00Z\"}", restoreKey);
        done("/deratings/" + derating + "/restoration", "{}");

        loseAnswers();

        assertThat(post("/phases/p3/postponement", slip, slipKey)
                        .body()
                        .path("plannedFrom")
                        .asString())
                .isEqualTo("2030-03-01");
        assertThat(post("/phases/p3/sovereignty", "{\"level\":1}", levelKey)
                        .body()
                        .path("level")
                        .asInt())
                .isEqualTo(2);
        assertThat(post("/deratings/" + derating + "/restoration", "{\"at\":\"2027-01-01T00:00:00Z\"}", restoreKey)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void reservations_are_asked_for_by_state_and_period() {
        var early = path(request(2040, "\"count\":1,\"level\":2"));
        var late = path(request(2041, "\"count\":1,\"level\":2"));
        done(late + "/confirmation", "{}");

        assertThat(listed("from=2040-01-15T00:00:00Z&until=2040-01-16T00:00:00Z"))
                .containsExactly(early);
        assertThat(listed("from=2040-02-01T00:00:00Z&until=2041-01-01T00:00:00.001Z"))
                .containsExactly(late);
        assertThat(listed("from=2040-01-01T00:00:00Z&state=confirmed")).containsExactly(late);
        assertThat(service.get("/api/capacity/reservations?form=2040-01-01T00:00:00Z", token())
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("form: is not known here; known are contract, cursor, from, limit, state, until");
    }

    private static List<String> listed(String query) {
        var found = new ArrayList<String>();
        get("/reservations?" + query)
                .path("items")
                .forEach(item ->
                        found.add("/reservations/" + item.path("reservation").asString()));
        return found;
    }

    private static void same(Answer again, Answer first) {
        assertThat(again.status()).as(again.text()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
    }

    /** As a crash between the commit and the stored answer leaves it: everything was decided, nothing was answered. */
    private static void loseAnswers() {
        service.mongo()
                .getDatabase("menara_capacity")
                .getCollection("idempotency")
                .deleteMany(new Document());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Answer request(int year, String racks) {
        var answer = post("/reservations", demanded(year, racks), key());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String demanded(int year, String racks) {
        return """
                {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                 "period":{"from":"%d-01-01T00:00:00Z","until":"%d-02-01T00:00:00Z"},"racks":{%s}}""".formatted(year, year, racks);
    }

    private static String path(Answer requested) {
        return "/reservations/" + requested.body().path("reservation").asString();
    }

    private static Answer done(String path, String body) {
        var answer = post(path, body, key());
        assertThat(answer.status()).as(path + answer.text()).isLessThan(300);
        return answer;
    }

    private static Answer post(String path, String body, String key) {
        return service.post("/api/capacity" + path, token(), body, "Idempotency-Key", key);
    }

    private static JsonNode get(String path) {
        return service.get("/api/capacity" + path, token()).body();
    }

    private static String token() {
        return service.tokens().token("manager", Role.CAPACITY_MANAGER, Role.OPERATOR);
    }
}
