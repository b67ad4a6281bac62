package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.Seeds;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * Two tenants live on one campus, at random; then each of them asks for everything that it may ask for. What belongs to whom is kept here from
 * what the house was answered, not asked of the service again.
 */
class TwoTenantsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final TestClock CLOCK = new TestClock(NOW);
    private static final int RACKS = 12;
    private static final int STEPS = 60;
    private static final int REQUESTS = 25;
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern RACK = Pattern.compile("rack-\\d\\d");

    /** Each tenant's instants are told apart by their seconds, so that an instant in an answer says whose it is. */
    private static final class Tenant {

        private static final Tenant ATLAS = new Tenant("atlas-ai", 7);
        private static final Tenant RIF = new Tenant("rif-bio", 11);
        private static final List<Tenant> BOTH = List.of(ATLAS, RIF);

        private final String alias;
        private final int second;
        private final String contract = UUID.randomUUID().toString();
        private final List<String> reservations = new ArrayList<>();
        private final Set<String> racks = new HashSet<>();

        Tenant(String alias, int second) {
            this.alias = alias;
            this.second = second;
        }

        Tenant other() {
            return this == ATLAS ? RIF : ATLAS;
        }

        String token() {
            return service.tokens().memberOf(alias, Role.TENANT);
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService("capacity", CapacityApplication.class, CLOCK);
        try (var contracts = new SignedContracts(service.mongo(), CLOCK)) {
            for (var tenant : Tenant.BOTH) {
                contracts.sign(tenant.contract, tenant.alias, SignedContracts.LONG);
            }
        }
        house("/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        house("/phases/p1/commissionings", """
                {"power":{"value":1320,"unit":"kW"},"at":"2026-01-01T00:00:00Z"}""");
        house("/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":40,"unit":"MW"}}""");
        house(
                "/racks",
                IntStream.range(0, RACKS)
                        .mapToObj(
                                "{\"rack\":\"rack-%02d\",\"hall\":\"h1\",\"gpus\":72,\"model\":\"NVL72\",\"plannedPower\":{\"value\":132,\"unit\":\"kW\"}}"
                                        ::formatted)
                        .collect(Collectors.joining(",", "{\"racks\":[", "]}")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void no_answer_to_one_holds_an_id_a_name_or_an_instant_of_the_other() {
        long seed = Seeds.of(TwoTenantsTest.class);
        var random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            live(random.nextBoolean() ? Tenant.ATLAS : Tenant.RIF, random);
        }
        bothWantOneRack();
        for (var tenant : Tenant.BOTH) {
            tenant.reservations.forEach(reservation -> note(tenant, reservation)); // those who waited too
        }
        assertThat(statesSeen()).contains("rejected", "confirmed");

        for (var tenant : Tenant.BOTH) {
            var answers = asked(tenant, random);
            assertThat(answers).hasSizeGreaterThan(STEPS / 2);
            answers.forEach((question, answer) -> hold(tenant, question, answer));
        }
    }

    private static void live(Tenant tenant, SplittableRandom random) {
        if (tenant.reservations.isEmpty() || random.nextInt(3) == 0) {
            var from = at(tenant.second, random.nextInt(300));
            var until = from.plus(Duration.ofDays(1 + random.nextInt(60)));
            var request = random.nextInt(3) == 0
                    ? "{\"names\":[\"rack-%02d\"]}".formatted(random.nextInt(RACKS))
                    : "{\"count\":%d}".formatted(1 + random.nextInt(RACKS));
            reserve(tenant, from, until, request);
        } else {
            var reservation = tenant.reservations.get(random.nextInt(tenant.reservations.size()));
            note(tenant, reservation);
            var steps = List.of("confirmation", "confirmation", "confirmation", "hold", "waitlist", "release");
            house("/reservations/%s/%s".formatted(reservation, steps.get(random.nextInt(steps.size()))), "{}");
            note(tenant, reservation);
        }
    }

    /** Later than all others: the first is confirmed and the second rejected, whatever happened before. */
    private static void bothWantOneRack() {
        for (var tenant : Tenant.BOTH) {
            var from = at(tenant.second, 400);
            var reservation = reserve(tenant, from, from.plus(Duration.ofDays(1)), "{\"names\":[\"rack-00\"]}");
            house("/reservations/%s/confirmation".formatted(reservation), "{}");
        }
    }

    private static String reserve(Tenant tenant, Instant from, Instant until, String racks) {
        var asked = house("/reservations", """
                {"contract":"%s","tenant":"%s","period":{"from":"%s","until":"%s"},"racks":%s}""".formatted(tenant.contract, tenant.alias, from, until, racks));
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        var reservation = asked.body().path("reservation").asString();
        tenant.reservations.add(reservation);
        asked.body().at("/demand/names").forEach(name -> tenant.racks.add(name.asString()));
        return reservation;
    }

    private static void note(Tenant tenant, String reservation) {
        found(reservation).path("racks").forEach(rack -> tenant.racks.add(rack.asString()));
    }

    /** Everything, by question: each route that a tenant may read, for each id there is, its own or not; and offers for requests at random. */
    private static Map<String, Answer> asked(Tenant tenant, SplittableRandom random) {
        var answers = new HashMap<String, Answer>();
        var all = new ArrayList<>(Tenant.ATLAS.reservations);
        all.addAll(Tenant.RIF.reservations);
        for (var route : service.bean(RouteTable.class).routes()) {
            if (!route.method().equals(HttpMethod.GET) || !route.roles().contains(Role.TENANT)) {
                continue;
            }
            var questions = route.pattern().contains("{")
                    ? all.stream()
                            .map(id -> route.pattern().replaceAll("\\{[^}]+}", id))
                            .toList()
                    : List.of(
                            route.pattern(),
                            route.pattern() + "?limit=1",
                            route.pattern() + "?contract=" + tenant.other().contract,
                            route.pattern() + "?state=confirmed");
            for (var question : questions) {
                answers.put(question, service.get(question, tenant.token()));
            }
        }
        for (int i = 0; i < REQUESTS; i++) {
            var from = at(23, random.nextInt(300));
            var request =
                    """
                    {"period":{"from":"%s","until":"%s"},"racks":{"count":%d}}""".formatted(from, from.plus(Duration.ofDays(1 + random.nextInt(40))), 1 + random.nextInt(RACKS));
            answers.put("offers " + request, service.post("/api/capacity/offers", tenant.token(), request));
        }
        return answers;
    }

    private static void hold(Tenant tenant, String question, Answer answer) {
        var other = tenant.other();
        var text = answer.text().replace("/api" + question, ""); // a problem may repeat what was asked
        assertThat(text).as(question).doesNotContain(other.alias);
        if (!question.contains(other.contract)) {
            assertThat(text).as(question).doesNotContain(other.contract);
        }
        other.reservations.stream()
                .filter(reservation -> !question.contains(reservation))
                .forEach(reservation -> assertThat(text).as(question).doesNotContain(reservation));
        INSTANT.matcher(text)
                .results()
                .forEach(found -> assertThat(Instant.parse(found.group()).getEpochSecond() % 60)
                        .as("%s was answered with %s: %s", question, found.group(), text)
                        .isNotEqualTo(other.second));
        if (!question.startsWith("offers")) { // those name racks that are free
            RACK.matcher(text)
                    .results()
                    .forEach(found -> assertThat(tenant.racks)
                            .as("%s was answered %s", question, text)
                            .contains(found.group()));
        }
        if (other.reservations.stream().anyMatch(question::contains)) {
            assertThat(answer.status()).as(question).isEqualTo(404);
        }
    }

    private static Instant at(int second, int day) {
        return NOW.plus(Duration.ofDays(day + 1L)).plusSeconds(second);
    }

    private static Set<String> statesSeen() {
        return Tenant.BOTH.stream()
                .flatMap(tenant -> tenant.reservations.stream())
                .map(reservation -> found(reservation).path("state").asString())
                .collect(Collectors.toSet());
    }

    private static JsonNode found(String reservation) {
        return service.get("/api/capacity/reservations/" + reservation, houseToken())
                .body();
    }

    private static Answer house(String path, String body) {
        return service.post("/api/capacity" + path, houseToken(), body);
    }

    private static String houseToken() {
        return service.tokens().token("manager", Role.CAPACITY_MANAGER, Role.OPERATOR);
    }
}
