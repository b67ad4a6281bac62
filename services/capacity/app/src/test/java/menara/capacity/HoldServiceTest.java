package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Holds, changes and releases over HTTP. */
class HoldServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService("capacity", CapacityApplication.class, CLOCK);
        SignedContracts.ofAtlas(service);
        post("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-06-01"}""");
        post("/phases/p1/commissionings", """
                {"power":{"value":396,"unit":"kW"},"at":"2026-01-01T00:00:00Z"}""");
        post("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":1,"unit":"MW"}}""");
        for (int i = 0; i < 3; i++) {
            post("/racks", """
                    {"racks":[{"rack":"h1-%d","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""".formatted(i));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_hold_keeps_others_out_survives_a_restart_and_expires_by_itself() {
        var held = requested(2030, 2);
        var answer = post(held + "/hold", "{\"expiresAt\":\"2026-11-23T11:00:00Z\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("state").asString()).isEqualTo("held");
        assertThat(answer.body().path("racks").size()).isEqualTo(2);
        assertThat(get(held)).isEqualTo(answer.body());
        assertThat(post(requested(2030, 2) + "/confirmation", "{}")
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("not-enough-racks");

        service.restart();
        CLOCK.set(Instant.parse("2026-11-23T11:00:00Z"));

        assertThat(post(held + "/confirmation", "{}").body().path("rule").asString())
                .isEqualTo("hold-expired");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(get(held).path("state").asString()).isEqualTo("expired"));
        assertThat(post(requested(2030, 3) + "/confirmation", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_hold_is_confirmed_once_with_the_racks_it_holds() {
        var held = requested(2031, 2);
        var racks = post(held + "/hold", "{}").body().path("racks");

        var first = post(held + "/confirmation", "{}");
        var second = post(held + "/confirmation", "{}");

        assertThat(first.body().path("state").asString()).isEqualTo("confirmed");
        assertThat(first.body().path("racks")).isEqualTo(racks);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(get(held)).isEqualTo(first.body());
    }

    @Test
    void a_hold_that_does_not_fit_is_refused_and_the_request_stands() {
        post(requested(2032, 2) + "/confirmation", "{}");
        var late = requested(2032, 2);

        var refused = post(late + "/hold", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("rule").asString()).isEqualTo("not-enough-racks");
        assertThat(get(late).path("state").asString()).isEqualTo("requested");
    }

    @Test
    void a_hold_beyond_14_days_or_in_the_past_is_refused() {
        var reservation = requested(2033, 1);

        for (var until : new String[] {"2026-11-01T00:00:00Z", "2027-11-23T00:00:00Z"}) {
            var answer = post(reservation + "/hold", "{\"expiresAt\":\"%s\"}".formatted(until));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("expiresAt");
        }
    }

    @Test
    void a_confirmed_reservation_is_made_longer_larger_and_moved_and_what_does_not_fit_changes_nothing() {
        var reservation = requested(2034, 1);
        var confirmed = post(reservation + "/confirmation", "{}").body();

        var longer = post(reservation + "/changes", "{\"until\":\"2034-03-01T00:00:00Z\"}")
                .body();
        assertThat(longer.at("/period/until").asString()).isEqualTo("2034-03-01T00:00:00Z");
        assertThat(longer.path("version").asInt())
                .isEqualTo(confirmed.path("version").asInt() + 1);
        var larger = post(reservation + "/changes", "{\"count\":3}").body();
        assertThat(larger.path("racks").toString()).isEqualTo("[\"h1-0\",\"h1-1\",\"h1-2\"]");
        var smaller = post(reservation + "/changes", "{\"count\":1,\"giveUp\":[\"h1-0\"]}")
                .body();
        assertThat(smaller.path("racks").toString()).isEqualTo("[\"h1-1\"]");
        assertThat(post(reservation + "/changes", "{\"count\":4}")
                        .body()
                        .path("rule")
                        .asString())
                .isEqualTo("not-enough-racks");
        assertThat(get(reservation)).isEqualTo(smaller);
        assertThat(post(reservation + "/changes", "{\"take\":[\"h9-0\"]}")
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("take[0]");
        assertThat(post(requested(2034, 2) + "/confirmation", "{}").status())
                .as("what it gave up is free")
                .isEqualTo(200);
    }

    @Test
    void what_is_released_before_it_begins_is_free_for_others() {
        var reservation = requested(2035, 3);
        post(reservation + "/confirmation", "{}");
        assertThat(post(requested(2035, 1) + "/confirmation", "{}").status()).isEqualTo(409);

        var released = post(reservation + "/release", "{}");

        assertThat(released.body().path("state").asString()).isEqualTo("released");
        assertThat(get(reservation)).isEqualTo(released.body());
        assertThat(post(reservation + "/release", "{}").body()).isEqualTo(released.body());
        assertThat(post(requested(2035, 3) + "/confirmation", "{}").status()).isEqualTo(200);
    }

    @Test
    void who_waits_is_confirmed_in_its_turn_when_there_is_room() {
        var holder = requested(2038, 3);
        post(holder + "/confirmation", "{}");
        var large = requested(2038, 2);
        var small = requested(2038, 1);
        var late = requested(2038, 1);
        for (var waiting : new String[] {large, small, late}) {
            assertThat(post(waiting + "/waitlist", "{}").body().path("state").asString())
                    .isEqualTo("waitlisted");
        }
        assertThat(post(small + "/confirmation", "{}").body().path("rule").asString())
                .isEqualTo("reservation-waitlisted");
        assertThat(get("/forecast?from=2038-01-10&days=1")
                        .at("/days/0/waitlisted/value")
                        .asLong())
                .isEqualTo(4 * 132_000);

        post(holder + "/changes", "{\"count\":2}");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get(small).path("state").asString())
                        .as("there is room for one rack, and the first who fits is served")
                        .isEqualTo("confirmed"));
        assertThat(get(large).path("state").asString()).isEqualTo("waitlisted");

        post(holder + "/release", "{}");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(get(large).path("state").asString()).isEqualTo("confirmed"));
        assertThat(get(late).path("state").asString()).isEqualTo("waitlisted");
        assertThat(post(late + "/release", "{}").body().path("state").asString())
                .isEqualTo("released");
    }

    @Test
    void a_wish_may_be_told_in_gpus_or_power_and_is_met_in_whole_racks() {
        assertThat(asked(2036, "\"gpus\":73").body().at("/demand/count").asInt())
                .isEqualTo(2);
        assertThat(asked(2036, "\"gpus\":72").body().at("/demand/count").asInt())
                .isEqualTo(1);
        assertThat(asked(2036, "\"power\":{\"value\":265,\"unit\":\"kW\"}")
                        .body()
                        .at("/demand/count")
                        .asInt())
                .isEqualTo(3);
        assertThat(asked(2036, "\"gpus\":0").body().at("/errors/0/field").asString())
                .isEqualTo("racks.gpus");
        assertThat(asked(2036, "\"gpus\":72,\"count\":1")
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("racks");
        assertThat(asked(2036, "\"gpus\":72,\"phase\":\"p9\"").status()).isEqualTo(400);
        assertThat(asked(2036, "\"count\":1,\"phase\":\"p9\"")
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("racks.phase");
    }

    @Test
    void it_is_told_why_a_reservation_got_its_racks() {
        var first = requested(2037, 1);
        post(first + "/confirmation", "{}");
        var second = requested(2037, 1);
        post(second + "/confirmation", "{}");

        var story = get(second + "/placement");

        assertThat(story.path("summary").asString())
                .isEqualTo(
                        "racks taken by hall and name: 1; passed over: 1 committed to others in the period, 0 for want of power");
        assertThat(story.at("/steps/0/rack").asString()).isEqualTo("h1-0");
        assertThat(story.at("/steps/0/takenUntil").asString()).isEqualTo("2037-02-01T00:00:00Z");
        assertThat(story.at("/steps/1/rack").asString()).isEqualTo("h1-1");
        assertThat(story.at("/steps/1/taken").asBoolean()).isTrue();
        assertThat(get(first + "/placement").at("/steps").size()).isEqualTo(1);
        post(second + "/changes", "{\"giveUp\":[\"h1-1\"],\"take\":[\"h1-2\"]}");
        assertThat(get(second + "/placement").at("/steps/1/taken").asBoolean())
                .as("free, and not asked for any more")
                .isFalse();
    }

    private static Answer asked(int year, String racks) {
        return post("/reservations", """
                {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                 "period":{"from":"%d-01-01T00:00:00Z","until":"%d-02-01T00:00:00Z"},"racks":{%s}}""".formatted(year, year, racks));
    }

    private static String requested(int year, int racks) {
        var answer = asked(year, "\"count\":" + racks);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return "/reservations/" + answer.body().path("reservation").asString();
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
