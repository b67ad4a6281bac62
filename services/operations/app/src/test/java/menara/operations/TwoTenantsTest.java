package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.RunningService.Answer;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * Racks change hands between two tenants at random, and go down; then each of them asks for everything that it may ask for. Whose racks were whose,
 * and what was recorded of outages, is kept here from what was announced, not asked of the service again. The operators note the names of both in
 * whatever they may write.
 */
class TwoTenantsTest {

    private static final int RACKS = 8;
    private static final int ALLOCATIONS = 24;
    private static final int INCIDENTS = 20;
    private static final Instant FIRST_DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final String NOTE = "the racks of atlas-ai and rif-bio, says Amina";

    private record Tenant(String alias, ContractId contract, List<Allocated> allocations) {

        static Tenant called(String alias) {
            return new Tenant(alias, Site.contract(), new ArrayList<>());
        }

        /** Whether a rack was its own at some time of the period. */
        boolean had(String rack, Period period) {
            return allocations.stream()
                    .anyMatch(own -> own.racks().contains(rack)
                            && own.period().from().isBefore(period.until())
                            && period.from().isBefore(own.period().until()));
        }
    }

    private record Allocated(UUID reservation, Set<String> racks, Period period) {}

    /** A version of an outage; no two have an instant in common, so that an instant in an answer says which was told. */
    private record Version(Set<String> racks, Period period) {

        boolean concerns(Tenant tenant) {
            return racks.stream().anyMatch(rack -> tenant.had(rack, period));
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    private static final Tenant ATLAS = Tenant.called("atlas-ai");
    private static final Tenant RIF = Tenant.called("rif-bio");
    private static final List<Tenant> BOTH = List.of(ATLAS, RIF);

    /** Versions of each incident in their order; open ones have no end yet. */
    private final Map<String, List<Version>> incidents = new LinkedHashMap<>();

    private final Set<String> open = new HashSet<>();
    private long second;

    @BeforeAll
    static void start() {
        site = new Site();
        site.register(
                "hall-1",
                IntStream.range(0, RACKS).mapToObj(TwoTenantsTest::rack).toArray(String[]::new));
        BOTH.forEach(tenant -> site.billing.publish(site.signed(tenant.contract(), tenant.alias(), Site.CASABLANCA)));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void no_answer_to_one_holds_what_is_the_others() {
        long seed = Seeds.of(TwoTenantsTest.class);
        var random = new SplittableRandom(seed);
        allocate(random);
        for (int i = 0; i < INCIDENTS; i++) {
            breakDown(random);
        }

        for (var tenant : BOTH) {
            var answers = asked(tenant);
            answers.forEach((question, answer) -> hold(tenant, question, answer));
            incidents.forEach((incident, versions) -> {
                var found = Objects.requireNonNull(answers.get("/api/operations/incidents/" + incident));
                assertThat(found.status())
                        .as("%s of %s: %s", incident, tenant.alias(), versions)
                        .isEqualTo(versions.stream().anyMatch(version -> version.concerns(tenant)) ? 200 : 404);
                if (found.status() == 200) {
                    holdIncident(tenant, incident, found.body());
                }
            });
        }
    }

    /** Rack by rack, one after the other: to one tenant, to the other, or to nobody for a while; some go back early. */
    private void allocate(SplittableRandom random) {
        var free = new HashMap<String, Instant>();
        for (int i = 0; i < ALLOCATIONS; i++) {
            var tenant = BOTH.get(random.nextInt(2));
            var racks = some(random, 3);
            var from = racks.stream()
                    .map(rack -> free.getOrDefault(rack, FIRST_DAY))
                    .max(Instant::compareTo)
                    .orElseThrow()
                    .plus(Duration.ofHours(random.nextInt(100)));
            var until = from.plus(Duration.ofHours(1 + random.nextInt(200)));
            var reservation = UUID.randomUUID();
            site.capacity.publish(new ReservationActivated(
                    new ReservationId(reservation),
                    tenant.contract(),
                    new TenantId(tenant.alias()),
                    racks.stream().map(RackId::new).toList(),
                    72,
                    Period.between(from, until),
                    from,
                    site.clock.instant()));
            var end = until;
            if (random.nextInt(3) == 0) {
                end = from.plus(Duration.between(from, until).dividedBy(2));
                site.capacity.publish(new ReservationEnded(
                        new ReservationId(reservation),
                        tenant.contract(),
                        new TenantId(tenant.alias()),
                        end,
                        site.clock.instant()));
            }
            var given = end;
            racks.forEach(rack -> free.put(rack, given));
            tenant.allocations().add(new Allocated(reservation, racks, Period.between(from, end)));
        }
        var last = site.database().getCollection("allocations");
        await().atMost(Site.LIMIT)
                .untilAsserted(() -> assertThat(BOTH.stream()
                                .flatMap(tenant -> tenant.allocations().stream())
                                .filter(own -> last.find(new Document(
                                                        "_id", own.reservation().toString()))
                                                .first()
                                        != null))
                        .hasSize(ALLOCATIONS));
    }

    /** Opened, and mostly resolved and corrected, each time with other racks and another time. */
    private void breakDown(SplittableRandom random) {
        var first = version(random);
        var opened = site.service.post(
                "/api/operations/incidents",
                site.operator(),
                Map.of(
                        "kind",
                        "power",
                        "title",
                        NOTE,
                        "severity",
                        2,
                        "racks",
                        first.racks(),
                        "startedAt",
                        first.period().from().toString()));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        var incident = opened.body().path("incident").asString();
        if (random.nextInt(5) == 0) {
            open.add(incident);
            incidents.put(
                    incident,
                    List.of(new Version(
                            first.racks(),
                            Period.between(first.period().from(), Site.NOW.plus(Duration.ofDays(9_999))))));
            return;
        }
        var versions = new ArrayList<>(List.of(first));
        assertThat(site.resolve(incident, first.period().until().toString()).status())
                .isEqualTo(200);
        for (int i = random.nextInt(3); i > 0; i--) {
            var next = version(random);
            var corrected = site.service.post(
                    "/api/operations/incidents/" + incident + "/correction",
                    site.operator(),
                    Map.of(
                            "racks",
                            next.racks(),
                            "startedAt",
                            next.period().from().toString(),
                            "resolvedAt",
                            next.period().until().toString(),
                            "reason",
                            NOTE));
            assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
            versions.add(next);
        }
        incidents.put(incident, versions);
    }

    private Version version(SplittableRandom random) {
        var from = FIRST_DAY.plus(Duration.ofHours(random.nextInt(24 * 30))).plusSeconds(++second);
        var until = from.plus(Duration.ofHours(1 + random.nextInt(60))).plusSeconds(INCIDENTS * 4L);
        return new Version(some(random, 3), Period.between(from, until));
    }

    private static Set<String> some(SplittableRandom random, int most) {
        var racks = new TreeSet<String>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            racks.add(rack(random.nextInt(RACKS)));
        }
        return racks;
    }

    /** Each route that a tenant may read, for each id there is, its own or not. */
    private Map<String, Answer> asked(Tenant tenant) {
        var questions = new ArrayList<String>();
        for (var route : site.service.bean(RouteTable.class).routes()) {
            if (!route.method().equals(HttpMethod.GET) || !route.roles().contains(Role.TENANT)) {
                continue;
            }
            if (route.pattern().endsWith("/availability")) {
                BOTH.forEach(of -> Stream.of("2026-03", "2026-04")
                        .forEach(month ->
                                questions.add(route.pattern() + "?contract=" + of.contract() + "&month=" + month)));
            } else if (route.pattern().contains("{")) {
                incidents.keySet().forEach(id -> questions.add(route.pattern().replaceAll("\\{[^}]+}", id)));
            } else {
                questions.add(route.pattern() + "?limit=1000");
                questions.add(route.pattern() + "?state=open");
                questions.add(route.pattern() + "?from=2026-03-10T00:00:00Z&until=2026-03-20T00:00:00Z");
            }
        }
        questions.add("/api/operations/racks");
        var answers = new LinkedHashMap<String, Answer>();
        questions.forEach(question -> answers.put(question, site.service.get(question, site.tenant(tenant.alias()))));
        assertThat(answers).hasSizeGreaterThan(INCIDENTS);
        return answers;
    }

    private void hold(Tenant tenant, String question, Answer answer) {
        var other = tenant.equals(ATLAS) ? RIF : ATLAS;
        assertThat(answer.text())
                .as(question)
                .doesNotContain(other.alias())
                .doesNotContain(NOTE)
                .doesNotContain("operator");
        if (question.contains(other.contract().toString())) {
            assertThat(answer.status()).as(question).isEqualTo(404);
        } else {
            assertThat(answer.text())
                    .as(question)
                    .doesNotContain(other.contract().toString());
        }
        other.allocations()
                .forEach(own -> assertThat(answer.text())
                        .as(question)
                        .doesNotContain(own.reservation().toString()));
        incidents.forEach((incident, versions) -> versions.stream()
                .filter(version -> !version.concerns(tenant))
                .forEach(version -> assertThat(answer.text())
                        .as("%s was told of %s", question, version)
                        .doesNotContain(version.period().from().toString())
                        .doesNotContain(version.period().until().toString())));
        if (question.contains("/incidents?")) {
            answer.body()
                    .path("items")
                    .forEach(
                            found -> holdIncident(tenant, found.path("incident").asString(), found));
        }
        if (question.endsWith("/racks")) {
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    /** Whatever racks are told were the tenant's own at that time. */
    private void holdIncident(Tenant tenant, String incident, JsonNode told) {
        var until = told.path("resolvedAt").isString()
                ? Instant.parse(told.path("resolvedAt").asString())
                : Instant.MAX;
        holdRacks(
                tenant, told.path("racks"), Instant.parse(told.path("startedAt").asString()), until);
        assertThat(told.path("resolvedAt").isString()).isEqualTo(!open.contains(incident));
        for (var correction : told.path("corrections")) {
            for (var version : List.of(correction.path("before"), correction.path("after"))) {
                if (version.isObject()) {
                    assertThat(version.path("racks").isEmpty()).isFalse();
                    holdRacks(
                            tenant,
                            version.path("racks"),
                            Instant.parse(version.at("/outage/from").asString()),
                            Instant.parse(version.at("/outage/until").asString()));
                }
            }
        }
    }

    private static void holdRacks(Tenant tenant, JsonNode racks, Instant from, Instant until) {
        racks.forEach(rack -> assertThat(tenant.had(rack.asString(), new Period(from, until)))
                .as("%s was told of %s from %s until %s", tenant.alias(), rack, from, until)
                .isTrue());
    }

    private static String rack(int number) {
        return "rack-%02d".formatted(number);
    }
}
