package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_REPORTER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The running service, spoken to as its callers and neighbours do. One for all tests: each signs contracts of its own. */
abstract class BillingOverHttp {

    static final String JSON = "application/json";

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-06-15T12:00:00Z"));
    private static final RunningService SERVICE = new RunningService("billing", BillingApplication.class, CLOCK);
    private static final Logs LOGS = new Logs(SERVICE, CLOCK);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Due work that never ends: the sweeps of usage, refusals and answers, the look for leaks, and forecasts that follow the date. */
    static final long ALWAYS_DUE = 5;

    /** Whose usage the tests' machine reports. */
    private static final Set<String> METERED = Set.of(
            "atlas-ai",
            "rif-cloud",
            "sick",
            "well",
            "steady",
            "upgrades",
            "terminates",
            "late",
            "corrects",
            "paris",
            "commits",
            "prepays",
            "floor",
            "energy",
            "credited",
            "renews",
            "amber-lab",
            "basalt-lab");

    private static final Set<Role> REPORTING = Set.of(Role.USAGE_REPORTER, Role.USAGE_BACKFILL);

    /** The token of a machine that reports usage for all tenants of the tests. */
    static String meterOf(RunningService service, Role... roles) {
        return service.tokens().reportingFor(METERED, "meter", roles);
    }

    private final String source = "/cluster/" + UUID.randomUUID();

    static RunningService running() {
        return SERVICE;
    }

    Party as(Role... roles) {
        return new Party("somebody", null, roles);
    }

    /** Somebody with a token. */
    static final class Party {
        private final String name;
        private final @Nullable String organization;
        private final Role[] roles;

        Party(String name, @Nullable String organization, Role... roles) {
            this.name = name;
            this.organization = organization;
            this.roles = roles;
        }

        Party of(String ownOrganization) {
            return new Party(name, ownOrganization, roles);
        }

        /** Another person with the same roles. */
        Party named(String otherName) {
            return new Party(otherName, organization, roles);
        }

        Answer get(String path) {
            return get(path, JSON);
        }

        Answer get(String path, String accept) {
            return answer(SERVICE.get(path, token(), "Accept", accept));
        }

        Answer post(String path, String type, String body) {
            return post(path, type, body, UUID.randomUUID().toString());
        }

        Answer post(String path, String type, String body, String idempotencyKey) {
            return answer(SERVICE.post(
                    path, token(), (Object) body, "Content-Type", type, "Idempotency-Key", idempotencyKey));
        }

        private String token() {
            if (organization == null && Set.of(roles).stream().anyMatch(REPORTING::contains)) {
                return meterOf(SERVICE, roles);
            }
            return organization == null
                    ? SERVICE.tokens().token(name, roles)
                    : SERVICE.tokens().tokenOf(organization, "somebody-of-" + organization, roles);
        }

        private static Answer answer(RunningService.Answer answer) {
            return new Answer(answer.status(), answer.text());
        }
    }

    /** What another service published has reached this one, and this one has done what it does then. */
    void tell(Object published) {
        LOGS.publish(published);
    }

    /** What this service published about a contract, in order; waits until it is at least {@code atLeast}. */
    <T> List<T> published(Class<T> type, String contract, int atLeast) {
        return Awaitility.await(type.getSimpleName())
                .atMost(LIMIT)
                .until(
                        () -> LOGS.published(type).stream()
                                .filter(event -> event.toString().contains(contract))
                                .toList(),
                        events -> events.size() >= atLeast);
    }

    Instant now() {
        return CLOCK.instant();
    }

    /** Lets time pass until all that is due then, or becomes due by it, is done. */
    void passMinutes(int minutes) {
        LOGS.awaitQuiet();
        CLOCK.advance(Duration.ofMinutes(minutes));
        var due = SERVICE.bean(MongoDueDates.class);
        Awaitility.await("due work")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    LOGS.awaitQuiet();
                    CLOCK.advance(Duration.ofSeconds(10));
                    return due.size() <= ALWAYS_DUE;
                });
    }

    String source() {
        return source;
    }

    String publishPlan(String effectiveFrom) {
        var name = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post("/api/billing/price-plans", JSON, plan(name, "USD", effectiveFrom))
                .expect(201);
        return name;
    }

    static String plan(String name, String currency, String effectiveFrom) {
        return """
            {"plan":"%s","currency":"%s","effectiveFrom":"%s",
             "prices":[{"meter":"gpu-hour","unitPrice":"2.10"},{"meter":"rack-hour","unitPrice":"4.50"}]}\
            """.formatted(name, currency, effectiveFrom);
    }

    String sign(String tenant) {
        var plan = publishPlan("2026-01-01T00:00:00Z");
        return as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, contract(tenant, plan, "USD", "2026-01-01T00:00:00Z", "UTC"))
                .expect(201)
                .get("contract")
                .asString();
    }

    static String contract(String tenant, String plan, String currency, String from, String zone) {
        return """
            {"tenant":"%s","plan":"%s","term":{"from":"%s","until":"2027-01-01T00:00:00Z"},"currency":"%s",
             "timeZone":"%s","serviceLevel":{"targetPercent":"99.9","tiers":[
               {"belowPercent":"99.9","creditPercent":"10"},{"belowPercent":"99","creditPercent":"25"}]}}\
            """.formatted(tenant, plan, from, currency, zone);
    }

    String event(String contract, String id, String from, String until, long milliGpus) {
        return """
            {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"%s","id":"%s","subject":"%s",\
            "data":{"meter":"gpu-hour","period":{"from":"%s","until":"%s"},"milliGpus":%d}}\
            """.formatted(source, id, contract, from, until, milliGpus);
    }

    JsonNode report(String... events) {
        return as(USAGE_REPORTER)
                .post("/api/billing/usage", "application/cloudevents-batch+json", "[" + String.join(",", events) + "]")
                .expect(200);
    }

    static String accruedPath(String contract, String month) {
        return "/api/billing/projections/accrued?contract=" + contract + "&month=" + month;
    }

    JsonNode accrued(String contract, String month) {
        return as(FINANCE).get(accruedPath(contract, month)).expect(200);
    }

    static String total(Answer answer) {
        return amount(answer.expect(200).get("contracts").get(0).get("accrued"));
    }

    static String amount(JsonNode money) {
        return money.get("amount").asString() + " " + money.get("currency").asString();
    }
}
