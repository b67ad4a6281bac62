package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import menara.platform.security.Role;
import menara.testkit.OddRequestsWalk;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OddRequestsTest extends OddRequestsWalk {

    private static final String TENANT = "atlas-ai";

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @SuppressWarnings("NullAway.Init")
    private static List<String> names;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
        house("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        house("/phases/p1/commissionings", """
                {"power":{"value":20,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
        house("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":1320,"unit":"kW"}}""");
        house("/racks", """
                {"racks":[{"rack":"r1","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}},
                          {"rack":"r2","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""");
        var derating = house("/deratings", """
                        {"node":"h1","cause":"outage","lost":{"value":1,"unit":"kW"},"reason":"one pump"}""").body().path("derating").asString();
        names = List.of("p1", "h1", "r1", "r2", TENANT, SignedContracts.OF_ATLAS, derating, reserved(), reserved());
    }

    private static String reserved() {
        var reservation = house("/reservations", """
                        {"contract":"%s","tenant":"%s","period":{"from":"2026-11-20T00:00:00Z","until":"2030-01-01T00:00:00Z"},
                         "racks":{"count":1}}""".formatted(SignedContracts.OF_ATLAS, TENANT))
                .body()
                .path("reservation")
                .asString();
        house("/reservations/" + reservation + "/confirmation", "{}");
        return reservation;
    }

    private static Answer house(String path, String body) {
        var answer = service.post(
                "/api/capacity" + path, service.tokens().token("manager", Role.CAPACITY_MANAGER, Role.OPERATOR), body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer;
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
    protected List<String> names() {
        return names;
    }

    @Override
    protected String party() {
        return TENANT;
    }
}
