package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.testkit.IdMatrix;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whose things may stand in a call of capacity. */
class CapacityIdsTest extends IdMatrix {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
    private static final String NOBODYS = "019b7c3e-ffff-7000-8000-00000000ffff";
    private static final String OF_RIF = UUID.randomUUID().toString();
    private static final String LAYOUT =
            "the layout of the campus is no party's; whether a rack is free is all that is told of it";

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @SuppressWarnings("NullAway.Init")
    private static String reservationOfRif;

    @BeforeAll
    static void start() {
        service = new RunningService("capacity", CapacityApplication.class, CLOCK);
        try (var contracts = new SignedContracts(service.mongo(), CLOCK)) {
            contracts.sign(SignedContracts.OF_ATLAS, "atlas-ai", SignedContracts.LONG);
            contracts.sign(OF_RIF, "rif-bio", SignedContracts.LONG);
        }
        house("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        house("/phases/p1/commissionings", """
                {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
        house("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":264,"unit":"kW"}}""");
        house("/racks", """
                {"racks":[{"rack":"r1","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""");
        var reserved = house("/reservations", body(OF_RIF, "rif-bio"));
        assertThat(reserved.status()).as(reserved.text()).isEqualTo(201);
        reservationOfRif = reserved.body().path("reservation").asString();
        house("/reservations/" + reservationOfRif + "/confirmation", "{}");
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
    protected List<Line> table() {
        return all(
                confined(
                        "GET /api/capacity/reservations",
                        "?contract",
                        id -> get("/reservations?contract=" + id),
                        OF_RIF,
                        NOBODYS),
                confined(
                        "GET /api/capacity/reservations/{reservation}",
                        "{reservation}",
                        id -> get("/reservations/" + id),
                        reservationOfRif,
                        NOBODYS),
                confined(
                        "GET /api/capacity/reservations/{reservation}/placement",
                        "{reservation}",
                        id -> get("/reservations/" + id + "/placement"),
                        reservationOfRif,
                        NOBODYS),
                confined(
                        "POST /api/capacity/reservations",
                        "contract",
                        id -> post("/reservations", body(id, "atlas-ai")),
                        OF_RIF,
                        NOBODYS),
                confined(
                        "POST /api/capacity/reservations",
                        "tenant",
                        id -> post("/reservations", body(SignedContracts.OF_ATLAS, id)),
                        "rif-bio",
                        "nobody-at-all"),
                open(LAYOUT, "POST /api/capacity/reservations", "racks.hall", "racks.names[]", "racks.phase"),
                open(LAYOUT, "POST /api/capacity/offers", "racks.hall", "racks.names[]", "racks.phase"),
                steps(),
                layout());
    }

    private static Stream<Line> steps() {
        return Stream.concat(
                Stream.of("activation", "confirmation", "end", "hold", "release", "waitlist")
                        .flatMap(step ->
                                ofTheHouse("POST /api/capacity/reservations/{reservation}/" + step, "{reservation}")),
                ofTheHouse(
                        "POST /api/capacity/reservations/{reservation}/changes",
                        "{reservation}",
                        "giveUp[]",
                        "take[]"));
    }

    private static Stream<Line> layout() {
        return all(
                open("partners are shown phases as they are planned", "GET /api/capacity/phases/{phase}", "{phase}"),
                ofTheHouse("GET /api/capacity/halls/{hall}", "{hall}"),
                ofTheHouse("GET /api/capacity/racks", "?hall"),
                ofTheHouse("POST /api/capacity/deratings", "node"),
                ofTheHouse("POST /api/capacity/halls", "hall", "phase"),
                ofTheHouse("POST /api/capacity/phases", "phase"),
                ofTheHouse("POST /api/capacity/phases/{phase}/commissionings", "{phase}"),
                ofTheHouse("POST /api/capacity/phases/{phase}/postponement", "{phase}"),
                ofTheHouse("POST /api/capacity/phases/{phase}/sovereignty", "{phase}"),
                ofTheHouse("POST /api/capacity/racks", "racks[].hall", "racks[].rack"),
                ofTheHouse(
                        "POST /api/capacity/site",
                        "body",
                        "halls[].hall",
                        "halls[].phase",
                        "phases[].phase",
                        "powerNodes[].fedBy[]",
                        "powerNodes[].node",
                        "racks[].cooledBy",
                        "racks[].feedA",
                        "racks[].feedB",
                        "racks[].hall",
                        "racks[].rack",
                        "racks[].row"))
                .stream();
    }

    private static String body(String contract, String tenant) {
        return """
                {"contract":"%s","tenant":"%s",
                 "period":{"from":"2030-01-01T00:00:00Z","until":"2030-02-01T00:00:00Z"},"racks":{"count":1}}""".formatted(contract, tenant);
    }

    private static Answer get(String path) {
        return service.get("/api/capacity" + path, atlas());
    }

    private static Answer post(String path, String body) {
        return service.post("/api/capacity" + path, atlas(), body);
    }

    private static Answer house(String path, String body) {
        return service.post("/api/capacity" + path, service.tokens().token("manager", Role.CAPACITY_MANAGER), body);
    }

    private static String atlas() {
        return service.tokens().memberOf("atlas-ai", Role.TENANT);
    }
}
