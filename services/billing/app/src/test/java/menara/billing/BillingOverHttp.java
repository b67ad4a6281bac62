package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.platform.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;

/** Speaks to the service as its callers do. */
@SpringJUnitWebConfig(InProcessPlatform.class)
@TestPropertySource(properties = "menara.billing.settlement-interval=5s")
abstract class BillingOverHttp {

    static final String JSON = "application/json";

    private final String source = "/cluster/" + UUID.randomUUID();
    private final InProcessCommands platform;
    private final SettableClock clock;
    private final MockMvcTester http;

    BillingOverHttp(WebApplicationContext context) {
        this.platform = context.getBean(InProcessCommands.class);
        this.clock = context.getBean(SettableClock.class);
        this.http = MockMvcTester.from(context);
    }

    Party as(Role... roles) {
        return new Party("", roles);
    }

    final class Party {
        private final String organization;
        private final Role[] roles;

        Party(String organization, Role... roles) {
            this.organization = organization;
            this.roles = roles;
        }

        Party of(String organization) {
            return new Party(organization, roles);
        }

        Answer get(String path) {
            return get(path, JSON);
        }

        Answer get(String path, String accept) {
            return send(HttpMethod.GET, path, accept, JSON, null);
        }

        Answer post(String path, String type, String body) {
            return send(HttpMethod.POST, path, JSON, type, body);
        }

        private Answer send(HttpMethod method, String path, String accept, String type, @Nullable String body) {
            var request = request(method, URI.create(path))
                    .header("Accept", accept)
                    .header("X-Roles", Stream.of(roles).map(Role::name).collect(Collectors.joining(",")))
                    .header("X-Organization", organization);
            if (body != null) {
                request.contentType(type).content(body);
            }
            var response = http.perform(request).getResponse();
            return new Answer(
                    response.getStatus(), new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
        }
    }

    /** What another service published reaches this one. */
    void tell(Object published) {
        platform.deliver(published);
    }

    /** What this service published about a contract, in order. */
    <T> List<T> published(Class<T> type, String contract) {
        return platform.published().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event -> event.toString().contains(contract))
                .toList();
    }

    Instant now() {
        return clock.instant();
    }

    void passMinutes(int minutes) {
        platform.passTime(Duration.ofMinutes(minutes));
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
                 "prices":[{"meter":"gpu-hour","unitPrice":"2.10"},{"meter":"rack-hour","unitPrice":"4.50"}]}""".formatted(name, currency, effectiveFrom);
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
                   {"belowPercent":"99.9","creditPercent":"10"},{"belowPercent":"99","creditPercent":"25"}]}}""".formatted(tenant, plan, from, currency, zone);
    }

    String event(String contract, String id, String from, String until, long milliGpus) {
        return """
                {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"%s","id":"%s","subject":"%s",\
                "data":{"meter":"gpu-hour","period":{"from":"%s","until":"%s"},"milliGpus":%d}}""".formatted(source, id, contract, from, until, milliGpus);
    }

    static String accruedPath(String contract, String month) {
        return "/api/billing/projections/accrued?contract=" + contract + "&month=" + month;
    }

    JsonNode accrued(String contract, String month) {
        return as(FINANCE).get(accruedPath(contract, month)).expect(200);
    }

    static String total(Answer answer) {
        return amount(answer.expect(200).get("contracts").get(0).get("total"));
    }

    static String amount(JsonNode money) {
        return money.get("amount").asString() + " " + money.get("currency").asString();
    }
}
