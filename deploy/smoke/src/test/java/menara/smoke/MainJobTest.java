package menara.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** The main job, from a trace to the figure that finance pulls, on all the real processes; in the order in which a person would. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTest {

    private static final Path OWN_TRACE = Path.of("../demo/src/test/resources/trace");
    private static final Path REAL_TRACE = Path.of("../../../shared/data/gpu-trace");
    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    private static final List<String> PARTS =
            List.of("mongodb", "keycloak", "operations", "capacity", "billing", "investment", "gateway");

    @SuppressWarnings("NullAway.Init")
    private static LocalMenara menara;

    /** What our own trace was metered on. */
    private static String ownPlan = "";

    @BeforeAll
    static void up() throws Exception {
        // Short and of its own, so that a run that was killed leaves nothing that the next one trips over.
        menara = new LocalMenara(Files.createTempDirectory(Files.createDirectories(Path.of("target/state")), "run-")
                .toAbsolutePath());
        var up = menara.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
    }

    @AfterAll
    static void down() throws Exception {
        var processes = new ArrayList<ProcessHandle>();
        for (String part : PARTS) {
            processes.add(menara.process(part));
        }
        var down = menara.run("down");
        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(processes).as("no process is left behind").noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(1)
    void the_demo_of_its_own_month_runs_to_a_credit_and_a_projected_return() throws Exception {
        var demo = menara.run("demo");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("rejected: ")
                .contains("issued by a second person")
                .contains("a credit was granted by itself");
        assertThat(demo.output().lines().filter(line -> line.contains("projected return")))
                .hasSize(2)
                .allMatch(line -> line.endsWith("% a year"));
        assertThat(demo.output()).doesNotContainPattern("\\d+/\\d+ ").doesNotContainPattern("\\d{7,} W");

        var month = closedMonth(demo.output());
        var printed = lastTable(demo.output());
        assertThat(accrued(month, "application/json"))
                .as("what the README's query answers is what the demo printed")
                .isEqualByComparingTo(printed);
        assertThat(accrued(month, "text/csv")).isEqualByComparingTo(printed);

        var again = menara.run("demo");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(lastTable(again.output())).as("a second run changes nothing").isEqualByComparingTo(printed);
    }

    @Test
    @Order(2)
    void the_demo_ends_with_invoices_in_dirham_and_dollars_as_documents() throws Exception {
        var finance = menara.token("finance-export");
        var invoices =
                menara.json("/api/billing/invoices?state=issued", finance).path("items");
        assertThat(invoices.valueStream()
                        .map(invoice -> invoice.at("/content/total/currency").asString()))
                .contains("MAD", "USD");
        for (var invoice : invoices) {
            var number = invoice.path("number").asString();
            assertThat(Files.readString(menara.state("demo/" + number + ".pdf"), StandardCharsets.ISO_8859_1))
                    .startsWith("%PDF-");
            assertThat(Files.readString(menara.state("demo/" + number + ".xml")))
                    .contains("<cbc:ID>" + number);
        }
        var month = invoices.path(0).at("/content/month").asString();
        var totals = menara.json("/api/billing/projections/accrued?month=" + month, finance)
                .path("totals");
        assertThat(totals).isNotEmpty();
        for (var total : totals) {
            assertThat(total.at("/unbilled/amount").asString())
                    .as(total.toString())
                    .isEqualTo("0.00");
            assertThat(total.path("invoiced")).isEqualTo(total.path("accrued"));
        }
    }

    private static YearMonth closedMonth(String output) {
        var found = java.util.regex.Pattern.compile("The month of (\\d{4}-\\d{2}) closes")
                .matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return YearMonth.parse(found.group(1));
    }

    /** The dollars of the last table that the demo printed. */
    private static BigDecimal lastTable(String output) {
        var together = output.lines()
                .filter(line -> line.strip().startsWith("together"))
                .toList();
        assertThat(together).isNotEmpty();
        var cells = together.getLast().strip().split(" +", -1);
        return new BigDecimal(cells[cells.length - 1]);
    }

    /** All dollars that accrued in a month, as finance pulls them. */
    private static BigDecimal accrued(YearMonth month, String accept) throws Exception {
        var answer = menara.get(
                "gateway", "/api/billing/projections/accrued?month=" + month, menara.token("finance-export"), accept);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (accept.equals("text/csv")) {
            try (var rows = CSVParser.parse(
                    answer.body(),
                    CSVFormat.RFC4180
                            .builder()
                            .setHeader()
                            .setSkipHeaderRecord(true)
                            .get())) {
                return rows.stream()
                        .filter(row -> row.get("currency").equals("USD"))
                        .filter(row ->
                                List.of("charge", "sla-credit", "concession").contains(row.get("kind")))
                        .map(row -> new BigDecimal(row.get("amount")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
            }
        }
        for (var total : JsonMapper.shared().readTree(answer.body()).path("totals")) {
            if (total.at("/accrued/currency").asString().equals("USD")) {
                return new BigDecimal(total.at("/accrued/amount").asString());
            }
        }
        throw new AssertionError("no dollars in " + answer.body());
    }

    @Test
    @Order(3)
    void each_role_sees_its_figures_in_a_browser() throws Exception {
        Assumptions.assumeTrue(PortalInBrowser.chromium().isPresent(), "no Chromium here; MENARA_CHROMIUM names one");
        for (String account : List.of("finance", "billing-clerk", "billing-approver", "auditor")) {
            assertThat(shownTo(account))
                    .as(account)
                    .contains("Accrued this month", "<th scope=\"col\"", "unbilled")
                    .doesNotContain("Loading", "could not be shown", "role=\"alert\"");
        }
        assertThat(shownTo("partner-lloyds-capital"))
                .contains("Capital account", "Power envelope", "outstanding")
                .doesNotContain("Loading", "could not be shown", "role=\"alert\"");
        assertThat(shownTo("operator"))
                .contains("Power envelope", "kW")
                .doesNotContain("Loading", "could not be shown", "role=\"alert\"");
        assertThat(shownTo("usage-reporter")).contains("There are no figures for your roles on this page.");
    }

    private static String shownTo(String account) throws Exception {
        try (var portal = new PortalInBrowser(PersonSession.of(account, menara))) {
            return portal.shown();
        }
    }

    @Test
    @Order(4)
    void gpu_hours_of_our_own_trace_agree_exactly_with_the_csv_and_a_second_import_changes_nothing() throws Exception {
        ownPlan = assertAgreesTwice(OWN_TRACE, OWN_TRACE.resolve("jobs.csv"));
    }

    @Test
    @Order(5)
    void gpu_hours_of_a_production_trace_agree_exactly_with_the_csv_and_a_second_import_changes_nothing()
            throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(REAL_TRACE), "the production trace is not beside the project");
        assertAgreesTwice(REAL_TRACE, REAL_TRACE.resolve("openb_pod_list_default.csv"));
    }

    /** @return the price plan that the trace is metered on */
    private static String assertAgreesTwice(Path folder, Path jobs) throws Exception {
        var expected = milliGpuMilliseconds(jobs);
        var plan = "";
        for (int round = 1; round <= 2; round++) {
            var demo = menara.run("demo", "--trace", folder.toAbsolutePath().toString());
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            plan = plan(demo.output());
            assertThat(metered(plan)).as("round %d:%n%s", round, demo.output()).isEqualTo(expected);
        }
        return plan;
    }

    private static String plan(String output) {
        var found = java.util.regex.Pattern.compile("price plan (\\S+):").matcher(output);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** Straight from the file, by tenant as the demo deals out the service classes; shares no code with what is tested. */
    private static Map<String, BigInteger> milliGpuMilliseconds(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var header = Arrays.asList(lines.getFirst().split(",", -1));
        var sums = new TreeMap<>(Map.of("atlas-ai", BigInteger.ZERO, "rif-bio", BigInteger.ZERO));
        for (String line : lines.subList(1, lines.size())) {
            var cells = line.split(",", -1);
            if (cells.length != header.size() || cells[header.indexOf("scheduled_time")].isEmpty()) {
                continue;
            }
            var gpus = new BigInteger(cells[header.indexOf("num_gpu")]);
            var share = new BigInteger(cells[header.indexOf("gpu_milli")]);
            var seconds = new BigInteger(cells[header.indexOf("deletion_time")])
                    .subtract(new BigInteger(cells[header.indexOf("scheduled_time")]));
            if (gpus.signum() >= 0 && seconds.signum() > 0) {
                var tenant = List.of("BE", "Burstable").contains(cells[header.indexOf("qos")]) ? "rif-bio" : "atlas-ai";
                sums.merge(
                        tenant,
                        gpus.multiply(share).multiply(seconds).multiply(BigInteger.valueOf(1_000)),
                        BigInteger::add);
            }
        }
        return sums;
    }

    /** As finance pulls it: every month of every contract on the plan. */
    private static Map<String, BigInteger> metered(String plan) throws Exception {
        var finance = menara.token("finance-export");
        var sums = new TreeMap<String, BigInteger>();
        for (var contract :
                menara.json("/api/billing/contracts?limit=1000", finance).path("items")) {
            if (!contract.path("plan").asString().equals(plan)) {
                continue;
            }
            var first = YearMonth.from(
                    Instant.parse(contract.path("term").path("from").asString()).atZone(ZONE));
            for (var month = first;
                    !month.isAfter(YearMonth.from(Instant.now().atZone(ZONE)));
                    month = month.plusMonths(1)) {
                var accrued = menara.json(
                        "/api/billing/projections/accrued?contract="
                                + contract.path("contract").asString() + "&month=" + month,
                        finance);
                for (var line : accrued.path("contracts").path(0).path("lines")) {
                    sums.merge(
                            contract.path("tenant").asString(),
                            new BigInteger(line.path("milliGpuMilliseconds").asString("0")),
                            BigInteger::add);
                }
            }
        }
        return sums;
    }

    @Test
    @Order(6)
    void a_killed_service_comes_back_with_everything_it_acknowledged() throws Exception {
        for (String part : List.of("billing", "mongodb")) {
            var process = menara.process(part);
            process.destroyForcibly();
            process.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
            org.awaitility.Awaitility.await(part + " is started again")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> menara.run("status").exitCode() == 0);
        }

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions() // the gateway's breaker may still be open
                .untilAsserted(MainJobTest::assertOwnTraceIsMetered);
        var again = menara.run("demo", "--trace", OWN_TRACE.toAbsolutePath().toString());
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertOwnTraceIsMetered();
    }

    private static void assertOwnTraceIsMetered() throws Exception {
        assertThat(metered(ownPlan)).isEqualTo(milliGpuMilliseconds(OWN_TRACE.resolve("jobs.csv")));
    }

    @Test
    @Order(7)
    void a_forged_token_is_refused_at_the_gateway_and_by_each_service_itself() throws Exception {
        var token = menara.token("finance-export");
        var parts = token.split("\\.", -1);
        var payload =
                new String(java.util.Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        var raised = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("\"finance\"", "\"billing-clerk\"")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var none = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String forged : List.of(parts[0] + "." + raised + "." + parts[2], none + "." + raised + ".")) {
            assertThat(menara.get("gateway", "/api/billing/contracts", forged, "application/json")
                            .statusCode())
                    .isEqualTo(401);
            for (String service : List.of(
                    "operations/incidents", "capacity/reservations", "billing/contracts", "investment/commitments")) {
                var name = service.substring(0, service.indexOf('/'));
                assertThat(menara.get(name, "/api/" + service, forged, "application/json")
                                .statusCode())
                        .as(service)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    @Order(8)
    void finance_pulls_the_projection_as_csv_and_a_meter_may_not() throws Exception {
        var contract = menara.json("/api/billing/contracts", menara.token("finance-export"))
                .path("items")
                .path(0)
                .path("contract")
                .asString();
        var path = "/api/billing/projections/accrued?month=2026-01&contract=" + contract;

        var csv = menara.get("gateway", path, menara.token("finance-export"), "text/csv");
        assertThat(csv.statusCode()).as(csv.body()).isEqualTo(200);
        assertThat(csv.body()).startsWith("contract,tenant,month,kind,meter,");
        assertThat(menara.get("gateway", path, menara.token("meter-atlas-ai"), "text/csv")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @Order(9)
    void services_start_with_exactly_the_rights_that_are_granted_to_each_on_a_database_of_ones_own() throws Exception {
        assertThat(menara.run("down").exitCode()).isZero();
        try (var database = new OwnDatabase(menara.state("users.properties"))) {
            var there = menara.with(database.variables());
            try {
                var up = there.run("up", "--detach");
                assertThat(up.exitCode()).as(up.output()).isZero();
                assertThat(up.output()).contains("(yours)").doesNotContain("secret-of-");
                assertThat(there.run("status").exitCode()).isZero();
            } finally {
                assertThat(there.run("down").exitCode()).isZero();
            }
        }
    }

    @Test
    @Order(10)
    void state_survives_a_restart_and_a_time_on_another_database() throws Exception {
        var up = menara.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();

        assertOwnTraceIsMetered();
    }
}
