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
import java.util.TreeMap;

/**
 * {@code ./menara prove NAME}: a test of the build, run for much longer. Ends with the exit code of Maven, which prints what failed
 * and the seed to repeat it with.
 */
public final class Prove {

    private static final int MISUSED = 2;
    private static final long LIMIT_SECONDS = 6 * 3_600;

    static final Map<String, Proof> PROOFS = new TreeMap<>(Map.of(
            "abuse",
            new Proof(
                    "gateway",
                    List.of("menara.gateway.AbuseTest"),
                    Map.of(
                            "menara.abuse.connections", "2000",
                            "menara.abuse.uploads", "205",
                            "menara.abuse.requests", "2000",
                            "menara.abuse.sign-ins", "10000")),
            "kill-capacity",
            new Proof(
                    "services/capacity/app",
                    List.of("menara.capacity.KillTest"),
                    Map.of("menara.capacity.kills", "100")),
            "kill-event-store",
            new Proof(
                    "shared-kernel/event-store-mongodb",
                    List.of("menara.eventstore.mongodb.KillTest"),
                    Map.of("menara.kills", "1000")),
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
                    List.of("menara.capacity.reservation.NeverOversoldTest", "menara.capacity.risk.RiskTest"),
                    Map.of("menara.capacity.histories", "100000", "menara.capacity.risk-histories", "100000")),
            "races",
            new Proof(
                    "shared-kernel/event-store-mongodb",
                    List.of("menara.eventstore.mongodb.RaceTest"),
                    Map.of("menara.race.rounds", "1000"))));

    private Prove() {}

    /**
     * @param module folder below the root
     * @param tests test classes, all of which must run
     * @param settings system properties of the tests
     */
    record Proof(String module, List<String> tests, Map<String, String> settings) {

        List<String> command(Path root) {
            var command = new ArrayList<>(List.of(
                    root.resolve("mvnw").toString(),
                    "-B",
                    "-ntp",
                    "-pl",
                    module,
                    "-am",
                    "test",
                    "-Dspotless.check.skip=true",
                    "-Dtest=" + String.join(",", tests),
                    "-Dsurefire.failIfNoSpecifiedTests=false",
                    "-Dsurefire.timeout=" + LIMIT_SECONDS));
            new TreeMap<>(settings).forEach((name, value) -> command.add("-D" + name + "=" + value));
            return List.copyOf(command);
        }

        /** Its tests that wrote no report since then; Maven is content when there is no such test. */
        List<String> notRun(Path root, FileTime since) throws IOException {
            var reports = root.resolve(module).resolve("target").resolve("surefire-reports");
            var missing = new ArrayList<String>();
            for (String test : tests) {
                var report = reports.resolve("TEST-" + test + ".xml");
                if (!Files.exists(report) || Files.getLastModifiedTime(report).compareTo(since) < 0) {
                    missing.add(test);
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
