package menara.bench.billing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import menara.platform.security.Role;
import menara.testkit.TestTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a billing service over HTTP with real tokens. */
final class BillingClient {

    private static final int REFUSED = 300;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // no upgrade to HTTP/2 with each request
            .build();
    private final JsonMapper json = JsonMapper.shared();
    private final String address;
    private final String reporter;
    private final String clerk;

    /** @param address where the service listens, without a path */
    BillingClient(String address, TestTokens tokens) {
        this.address = address;
        this.reporter = tokens.reportingFor(
                FilledBilling.tenants(BillingBench.INTAKE_CONTRACTS), "reporter", Role.USAGE_REPORTER);
        this.clerk = tokens.token("clerk", Role.BILLING_CLERK);
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
        if (answer.statusCode() >= REFUSED) {
            throw new IOException("%s answered %d: %s"
                    .formatted(request.uri(), answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return json.readTree(answer.body());
    }
}
