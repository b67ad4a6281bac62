package menara.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loads that one client can make, against all parts as a person starts them, each with its real heap: meanwhile other parties are answered
 * within {@value #WITHIN} times of what they are used to, no part is started again, and nothing acknowledged is lost. {@code ./menara prove
 * abuse} runs it; it takes some minutes.
 */
@EnabledIfSystemProperty(named = "menara.abuse.house", matches = "true")
class HouseAbuseTest {

    private static final int WITHIN = 5;

    /** A quiet answer that is faster counts as this: on two cores the machine itself takes as long to give a thread its turn. */
    private static final double SHORTEST_QUIET_MILLIS = 10;

    private static final int ANSWERS = 120;
    private static final String JSON = "application/json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final List<String> PARTS =
            List.of("mongodb", "keycloak", "operations", "capacity", "billing", "investment", "gateway");
    private static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");

    @SuppressWarnings("NullAway.Init")
    private static LocalMenara menara;

    @SuppressWarnings("NullAway.Init")
    private static Bystanders bystanders;

    @BeforeAll
    static void up() throws Exception {
        menara = new LocalMenara(Files.createTempDirectory(Files.createDirectories(Path.of("target/state")), "abuse-")
                .toAbsolutePath());
        var up = menara.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
        var demo = menara.run("demo");
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        var contract = menara.json("/api/billing/contracts?limit=100", menara.token("finance-export"))
                .path("items")
                .valueStream()
                .filter(one -> one.path("tenant").asString().equals("rif-bio"))
                .findFirst()
                .orElseThrow()
                .path("contract")
                .asString();
        bystanders = new Bystanders(menara, contract);
        bystanders.work(4 * ANSWERS, () -> true); // warms up what answers them
    }

    @AfterAll
    static void down() throws Exception {
        var lost = bystanders.lost();
        System.out.printf(
                Locale.ROOT, "%d events were acknowledged, %d lost%n", bystanders.acknowledged(), lost.size());
        assertThat(menara.run("down").exitCode()).isZero();
        assertThat(bystanders.acknowledged()).isPositive();
        assertThat(lost).isEmpty();
    }

    /** @param name what is done, as a sentence begins */
    record Load(String name, Attack attack) {

        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Attack {
        /** @param token of somebody who may do much, and is one party all the same */
        void run(Attacks attacks, String token, String meter) throws Exception;
    }

    static Stream<Load> loads() {
        return Stream.of(
                new Load("a wish for racks by hundreds of thousands of names, to capacity", (attacks, token, _) -> {
                    var wish = Attacks.names("{\"tenant\":\"atlas-ai\",\"names\":[", Attacks.megabytes(7.5));
                    attacks.chunked("capacity", "/api/capacity/offers", JSON, token, 4, wish);
                    attacks.chunked("gateway", "/api/capacity/offers", JSON, token, 4, wish);
                }),
                new Load("twenty bodies of 7.9 MB to paths that do not exist", (attacks, token, _) -> {
                    for (var service : SERVICES) {
                        attacks.chunked(
                                service,
                                "/api/" + service + "/nothing",
                                JSON,
                                token,
                                20,
                                Attacks.blanks(Attacks.megabytes(7.9)));
                    }
                }),
                new Load(
                        "twenty bodies of 7.9 MB of blanks, to capacity's longest route",
                        (attacks, token, _) -> attacks.chunked(
                                "capacity",
                                "/api/capacity/site",
                                JSON,
                                token,
                                20,
                                Attacks.blanks(Attacks.megabytes(7.9)))),
                new Load("batches of 2 MB of empty events, to billing", (attacks, _, meter) -> {
                    for (int round = 0; round < 5; round++) {
                        attacks.chunked(
                                "billing",
                                "/api/billing/usage",
                                BATCH,
                                meter,
                                8,
                                Attacks.objects(Attacks.megabytes(1.9)));
                    }
                }),
                new Load("eight bodies of 16 MB of a stranger, to each service", (attacks, _, _) -> {
                    for (var service : SERVICES) {
                        attacks.chunked(service, "/api/" + service, JSON, "", 8, Attacks.blanks(Attacks.megabytes(16)));
                    }
                }),
                new Load("2,000 connections with unfinished headers", (attacks, _, _) -> {
                    attacks.unfinishedHeaders(2_000);
                    attacks.slowUploads("/api/nothing", "", 0, 5_000);
                }),
                new Load(
                        "10,000 strangers who begin to sign in",
                        (attacks, _, _) -> attacks.gets("/oauth2/authorization/keycloak", "", 10_000, 16)),
                new Load(
                        "205 uploads of one party that come a byte at a time",
                        (attacks, token, _) -> attacks.slowUploads("/api/capacity/offers", token, 205, 15_000)),
                new Load("150 forecasts of one party into the past", (attacks, token, _) -> {
                    var asOf = java.time.Instant.now().minusSeconds(60);
                    attacks.gets("/api/capacity/forecast?years=3&asOf=" + asOf, token, 450, 150);
                }),
                new Load(
                        "accrued charges of all contracts, again and again",
                        (attacks, token, _) -> attacks.gets("/api/billing/projections/accrued", token, 300, 50)),
                new Load(
                        "the limits of requests, by another spelling of a path",
                        (attacks, token, _) -> attacks.gets("/%61pi/me", token, 5_000, 32)));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void others_are_answered_as_ever_and_no_part_is_started_again(Load load) throws Exception {
        var before = processes();
        var quiet = bystanders.work(ANSWERS, () -> true);
        assertThat(quiet.failures()).isEmpty();

        var token = menara.token("menara-demo");
        var meter = menara.token("meter-atlas-ai");
        Bystanders.Seen attacked;
        try (var attacks = new Attacks(menara)) {
            var attack = CompletableFuture.runAsync(() -> {
                try {
                    load.attack().run(attacks, token, meter);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            attacked = bystanders.work(ANSWERS, attack::isDone);
            attack.join();
        }
        double usual = Math.max(quiet.p99(), SHORTEST_QUIET_MILLIS);
        System.out.printf(
                Locale.ROOT,
                "%s: others' p99 %.0f ms, quiet %.0f ms, ratio %.1f%n",
                load.name(),
                attacked.p99(),
                quiet.p99(),
                attacked.p99() / usual);
        assertThat(attacked.failures()).isEmpty();
        assertThat(processes()).as("no part was started again").isEqualTo(before);
        assertThat(menara.run("status").exitCode()).isZero();
        assertThat(attacked.p99()).isLessThanOrEqualTo(WITHIN * usual);
    }

    private static Map<String, Long> processes() throws Exception {
        var processes = new TreeMap<String, Long>();
        for (var part : PARTS) {
            var process = menara.process(part);
            assertThat(process.isAlive()).as(part).isTrue();
            processes.put(part, process.pid());
        }
        return processes;
    }
}
