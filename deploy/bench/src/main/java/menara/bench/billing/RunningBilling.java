package menara.bench.billing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import menara.bench.Server;
import menara.billing.BillingApplication;
import menara.platform.security.Role;
import menara.testkit.TestTokens;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The billing service in this JVM, spoken to over HTTP with real tokens. */
final class RunningBilling implements AutoCloseable {

    static final String DATABASE = "menara_billing";

    private final TestTokens tokens = new TestTokens("billing-service");
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final ConfigurableApplicationContext context;
    private final String address;
    private final String reporter;
    private final String clerk;

    RunningBilling(Server server) {
        context = new SpringApplicationBuilder(BillingApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--menara.service=billing",
                        "--menara.mongodb.database=" + DATABASE,
                        // Other services' settings lie on the same class path: what this one needs is said here.
                        "--menara.billing.issuer.code=BENCH",
                        "--menara.billing.issuer.name=Bench",
                        "--menara.billing.issuer.street=1 rue du Phare",
                        "--menara.billing.issuer.postal-code=20250",
                        "--menara.billing.issuer.city=Casablanca",
                        "--menara.billing.issuer.country=MA",
                        "--menara.billing.issuer.ice=001999999000042",
                        "--menara.billing.issuer.tax-id=99999942",
                        "--menara.billing.issuer.trade-register=none",
                        "--menara.billing.issuer.time-zone=Africa/Casablanca",
                        "--menara.billing.issuer.grace=3d",
                        "--menara.mongodb.uri=" + server.uri(),
                        "--menara.security.issuer=" + tokens.issuer(),
                        "--menara.security.jwk-set-uri=" + tokens.jwkSetUri(),
                        "--menara.security.audience=billing-service",
                        // What production would set (decision 34): a demonstration looks at credits and forecasts every
                        // few seconds.
                        "--menara.billing.settlement-interval=1h",
                        "--logging.level.root=warn");
        address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        reporter = tokens.reportingFor(
                FilledBilling.tenants(BillingBench.INTAKE_CONTRACTS), "reporter", Role.USAGE_REPORTER);
        clerk = tokens.token("clerk", Role.BILLING_CLERK);
    }

    /** Events accepted. */
    int report(String type, byte[] events) throws IOException, InterruptedException {
        var answer = json(HttpRequest.newBuilder(URI.create(address + "/api/billing/usage"))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + reporter)
                .POST(BodyPublishers.ofByteArray(events))
                .build());
        return answer.get("accepted").asInt();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + clerk)
                .build());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + clerk)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s answered %d: %s"
                    .formatted(
                            request.uri(),
                            answer.statusCode(),
                            new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
        }
        return json.readTree(answer.body());
    }

    @Override
    public void close() {
        context.close();
        tokens.close();
    }
}
