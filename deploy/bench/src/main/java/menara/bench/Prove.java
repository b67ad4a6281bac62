package menara.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code ./menara prove NAME}: a test of the build, run for much longer. Ends with the exit code of Maven, which prints what failed
 * and the seed to repeat it with.
 */
public final class Prove {

    private static final int MISUSED = 2;
    private static final long LIMIT_SECONDS = 6 * 3_600;
    private static final String ALL_PARTS = "deploy/smoke";
    private static final List<String> STARTED = List.of(
            "services/operations/app",
            "services/capacity/app",
            "services/billing/app",
            "services/investment/app",
            "gateway",
            "deploy/local",
            "deploy/demo");

    static final Map<String, Proof> PROOFS = new TreeMap<>(Map.of(
            "abuse",
            new Proof(
                    new TreeMap<>(Map.of(
                            "gateway",
                            List.of("menara.gateway.AbuseTest"),
                            ALL_PARTS,
                            List.of("menara.smoke.HouseAbuseTest"))),
                    Map.of(
                            "menara.abuse.connections", "2000",
                            "menara.abuse.uploads", "205",
                            "menara.abuse.requests", "2000",
                            "menara.abuse.sign-ins", "10000",
                            "menara.abuse.house", "true")),
            "instances",
            new Proof(ALL_PARTS, List.of("menara.smoke.instances.InstancesTest"), Map.of("menara.instances", "true")),
            "kill-capacity",
            new Proof(
                    "services/capacity/app",
                    List.of("menara.capacity.KillTest"),
                    Map.of("menara.capacity.kills", "100")),
            "kill-event-store",
            new Proof(
                    new TreeMap<>(Map.of(
                            "shared-kernel/embedded-mongodb",
                            List.of("menara.embeddedmongodb.KillTest"),
                            "shared-kernel/event-store-mongodb",
                            List.of("menara.eventstore.mongodb.KillTest"))),
                    Map.of("menara.database.kills", "100", "menara.kills", "1000")),
            "kill-usage",
            new Proof(
                    "services/billing/app",
                    List.of(
                            "menara.billing.usage.log.UsageKillTest",
                            "menara.billing.usage.log.UsageKeysTest",
                            "menara.billing.metering.TraceOnDiskTest"),
                    Map.of(
                            "menara.billing.kills", "100",
                            "menara.billing.key-histories", "1000",
                            "menara.billing.key-crashes", "200",
                            "menara.billing.trace-jobs", "8152")),
            "money",
            new Proof(
                    "services/billing/app",
                    List.of(
                            "menara.billing.rating.MoneyPropertiesTest",
                            "menara.billing.rating.ChargesOverTheMonthTest"),
                    Map.of("menara.money-cases", "1000000", "menara.money-histories", "100000")),
            "never-oversold",
            new Proof(
                    "services/capacity/app",
                    List.of(
                            "menara.capacity.reservation.NeverOversoldTest",
                            "menara.capacity.reservation.DemandKeptTest",
                            "menara.capacity.risk.RiskTest",
                            "menara.capacity.risk.MovesTest"),
                    Map.of(
                            "menara.capacity.histories", "100000",
                            "menara.capacity.demand-histories", "100000",
                            "menara.capacity.risk-histories", "100000",
                            "menara.capacity.move-histories", "100000")),
            "races",
            new Proof(
                    new TreeMap<>(Map.of(
                            "shared-kernel/event-store-mongodb",
                            List.of("menara.eventstore.mongodb.RaceTest"),
                            "services/capacity/app",
                            List.of("menara.capacity.reservation.LastRacksRaceTest"),
                            "services/operations/app",
                            List.of("menara.operations.availability.MeasurementOrderTest"))),
                    Map.of(
                            "menara.race.rounds", "1000",
                            "menara.capacity.race.rounds", "200",
                            "menara.operations.orders", "5000")),
            "requests",
            new Proof(
                    new TreeMap<>(Map.of(
                            "services/operations/app",
                            List.of("menara.operations.OddRequestsTest", "menara.operations.OperationsExamplesTest"),
                            "services/capacity/app",
                            List.of("menara.capacity.OddRequestsTest", "menara.capacity.CapacityExamplesTest"),
                            "services/billing/app",
                            List.of("menara.billing.OddRequestsTest", "menara.billing.BillingExamplesTest"),
                            "services/investment/app",
                            List.of("menara.investment.OddRequestsTest", "menara.investment.InvestmentExamplesTest"),
                            "gateway",
                            List.of("menara.gateway.RandomRequestsTest"))),
                    Map.of(
                            "menara.odd-requests", "400",
                            "menara.contract.requests", "200",
                            "menara.gateway.random-requests", "50000")),
            "simulation",
            new Proof(
                    "shared-kernel/event-store-mongodb",
                    List.of(
                            "menara.eventstore.mongodb.simulation.SimulationTest",
                            "menara.eventstore.mongodb.simulation.MutantsTest",
                            "menara.eventstore.mongodb.read.CriteriaTest",
                            "menara.eventstore.mongodb.StoredFormTest"),
                    Map.of(
                            "menara.simulation.histories", "1000000",
                            "menara.criteria.questions", "2000",
                            "menara.criteria.batches", "1000"))));

    private Prove() {}

    /**
     * @param tests test classes, all of which must run, by the folder of their module below the root
     * @param settings system properties of the tests
     */
    record Proof(SortedMap<String, List<String>> tests, Map<String, String> settings) {

        Proof(String module, List<String> tests, Map<String, String> settings) {
            this(new TreeMap<>(Map.of(module, tests)), settings);
        }

        List<String> command(Path root) {
            var command = new ArrayList<>(List.of(
                    root.resolve("mvnw").toString(),
                    "-B",
                    "-ntp",
                    "-pl",
                    String.join(",", modules()),
                    "-am",
                    // A test of all parts runs what was packaged.
                    "verify",
                    "-Dspotless.check.skip=true",
                    "-Dtest=" + tests.values().stream().flatMap(List::stream).collect(Collectors.joining(",")),
                    "-Dsurefire.failIfNoSpecifiedTests=false",
                    "-Dsurefire.timeout=" + LIMIT_SECONDS,
                    "-Dsurefire.compiler.level=4"));
            new TreeMap<>(settings).forEach((name, value) -> command.add("-D" + name + "=" + value));
            return List.copyOf(command);
        }

        /** Those of its tests, and for a test of all parts what {@code ./menara up} starts. */
        private List<String> modules() {
            var modules = new TreeSet<>(tests.keySet());
            if (modules.contains(ALL_PARTS)) {
                modules.addAll(STARTED);
            }
            return List.copyOf(modules);
        }

        /** Its tests that wrote no report since then; Maven is content when there is no such test. */
        List<String> notRun(Path root, FileTime since) throws IOException {
            var missing = new ArrayList<String>();
            for (var ofModule : tests.entrySet()) {
                var reports = root.resolve(ofModule.getKey()).resolve("target").resolve("surefire-reports");
                for (String test : ofModule.getValue()) {
                    var report = reports.resolve("TEST-" + test + ".xml");
                    if (!Files.exists(report)
                            || Files.getLastModifiedTime(report).compareTo(since) < 0) {
                        missing.add(test);
                    }
                }
            }
            return missing;
        }
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        var proof = arguments.length == 1 ? PROOFS.get(arguments[0]) : null;
        if (proof == null) {
            System.err.println("usage: ./menara prove NAME, NAME one of " + PROOFS.keySet());
            System.exit(MISUSED);
            return;
        }
        System.exit(run(proof, root()));
    }

    static int run(Proof proof, Path root) throws IOException, InterruptedException {
        var since = FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var maven =
                new ProcessBuilder(proof.command(root)).directory(root.toFile()).inheritIO();
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int exit = maven.start().waitFor();
        var missing = proof.notRun(root, since);
        if (exit == 0 && !missing.isEmpty()) {
            System.err.println("menara: this is no proof, these tests did not run: " + String.join(", ", missing));
            return 1;
        }
        return exit;
    }

    /** The repository that these classes were built in. */
    static Path root() {
        Path classes;
        try {
            classes = Path.of(Prove.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where our own classes are is no path", e);
        }
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no mvnw above " + classes + ": proofs run from a checkout of the repository");
    }
}
