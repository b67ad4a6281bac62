package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.eventstore.mongodb.MongoDueDates;
import menara.platform.security.Role;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole service on a port, on the embedded server, spoken to as its callers and neighbours do. */
@SpringBootTest(
        classes = BillingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "menara.mongodb.database=test_menara_billing",
            "menara.logs.capacity.database=test_menara_capacity",
            "menara.logs.operations.database=test_menara_operations",
            "menara.security.audience=" + Tokens.AUDIENCE
        })
@Import(BillingOverHttp.StandingClock.class)
abstract class BillingOverHttp {

    static final String JSON = "application/json";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Due work that never ends: the sweep of the usage journal. */
    private static final long ALWAYS_DUE = 1;

    private final String source = "/cluster/" + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SettableClock clock;
    private final MongoDueDates due;
    private final Logs logs;
    private final String address;

    @TestConfiguration
    static class StandingClock {

        @Bean
        SettableClock clock() {
            return new SettableClock();
        }
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        properties.add("menara.mongodb.uri", TestDatabases::connectionString);
        properties.add("menara.security.issuer", Tokens::issuer);
        properties.add("menara.security.jwk-set-uri", Tokens::jwkSetUri);
    }

    BillingOverHttp(ServletWebServerApplicationContext context) {
        this.clock = context.getBean(SettableClock.class);
        this.due = context.getBean(MongoDueDates.class);
        this.logs = new Logs(context);
        var server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the service listens on no port");
        }
        this.address = "http://127.0.0.1:" + server.getPort();
    }

    Party as(Role... roles) {
        return new Party("", Tokens.AUDIENCE, roles);
    }

    /** Somebody with a token. */
    final class Party {
        private final String organization;
        private final String audience;
        private final Role[] roles;

        Party(String organization, String audience, Role... roles) {
            this.organization = organization;
            this.audience = audience;
            this.roles = roles;
        }

        Party of(String organization) {
            return new Party(organization, audience, roles);
        }

        /** With a token meant for another service. */
        Party meantFor(String audience) {
            return new Party(organization, audience, roles);
        }

        Answer get(String path) {
            return get(path, JSON);
        }

        Answer get(String path, String accept) {
            return send(to(path).header("Accept", accept).GET().build());
        }

        Answer post(String path, String type, String body) {
            return post(path, type, body, UUID.randomUUID().toString());
        }

        Answer post(String path, String type, String body, String idempotencyKey) {
            return send(to(path).header("Content-Type", type)
                    .header("Idempotency-Key", idempotencyKey)
                    .POST(BodyPublishers.ofString(body))
                    .build());
        }

        private HttpRequest.Builder to(String path) {
            return HttpRequest.newBuilder(URI.create(address + path))
                    .header("Authorization", "Bearer " + Tokens.of(organization, audience, roles));
        }

        private Answer send(HttpRequest request) {
            try {
                var response = http.send(request, BodyHandlers.ofString());
                return new Answer(response.statusCode(), response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(request + " failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(request + " was interrupted", e);
            }
        }
    }

    /** What another service published has reached this one, and this one has done what it does then. */
    void tell(Object published) {
        logs.publish(published);
    }

    /** What this service published about a contract, in order. */
    <T> List<T> published(Class<T> type, String contract) {
        return logs.published(type).stream()
                .filter(event -> event.toString().contains(contract))
                .toList();
    }

    /** Lets time pass until all that is due then, or becomes due by it, is done. */
    void passMinutes(int minutes) {
        logs.awaitQuiet();
        clock.advance(Duration.ofMinutes(minutes));
        Awaitility.await("due work")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    logs.awaitQuiet();
                    clock.advance(Duration.ofSeconds(10));
                    return due.size() <= ALWAYS_DUE;
                });
    }

    Instant now() {
        return clock.instant();
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
