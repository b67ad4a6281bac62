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

/** Racks change hands when somebody says so, and go back by themselves when the period is over. */
class HandOverServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-04-21T00:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService("capacity", CapacityApplication.class, CLOCK);
        SignedContracts.ofAtlas(service);
        post("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        post("/phases/p1/commissionings", """
                {"power":{"value":396,"unit":"kW"},"at":"2026-01-01T00:00:00Z"}""");
        post("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":1,"unit":"MW"}}""");
        for (int i = 0; i < 2; i++) {
            post("/racks", """
                    {"racks":[{"rack":"h1-%d","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""".formatted(i));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void what_is_handed_over_ends_with_its_period_by_itself_also_across_a_restart_and_what_is_not_is_refused_then() {
        var used = confirmed("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z");
        var forgotten = confirmed("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z");
        var active = post(used + "/activation", "{}");
        assertThat(active.body().path("state").asString()).as(active.text()).isEqualTo("active");
        assertThat(active.body().path("activatedAt").asString()).isEqualTo("2026-04-21T00:00:00Z");
        assertThat(get(used)).isEqualTo(active.body());

        service.restart();
        CLOCK.set(Instant.parse("2026-05-02T00:00:00Z"));
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(get(used).path("state").asString()).isEqualTo("ended"));
        assertThat(get(used).path("endedAt").asString()).isEqualTo("2026-05-01T00:00:00Z");

        // The racks are committed to others by now.
        var next = confirmed("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z");
        assertThat(post(next + "/activation", "{\"at\":\"2026-05-01T12:00:00Z\"}")
                        .status())
                .isEqualTo(200);
        await("kept until then, handed over to nobody")
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(get(forgotten).path("state").asString()).isEqualTo("released"));
        var late = post(forgotten + "/activation", "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("rule").asString()).isEqualTo("reservation-released");
        var backdated = post(forgotten + "/activation", "{\"at\":\"2026-04-02T00:00:00Z\"}");
        assertThat(backdated.status()).isEqualTo(409);
        assertThat(post(used + "/activation", "{}").body().path("rule").asString())
                .isEqualTo("reservation-ended");
    }

    private static String confirmed(String from, String until) {
        var answer = post("/reservations", """
                {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                 "period":{"from":"%s","until":"%s"},"racks":{"count":1}}""".formatted(from, until));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var path = "/reservations/" + answer.body().path("reservation").asString();
        assertThat(post(path + "/confirmation", "{}").status()).isEqualTo(200);
        return path;
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
