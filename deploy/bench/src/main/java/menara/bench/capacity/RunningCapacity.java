package menara.bench.capacity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.bench.Server;
import menara.capacity.CapacityApplication;
import menara.eventstore.spring.Policy;
import menara.eventstore.spring.Projection;
import menara.platform.security.Role;
import menara.testkit.TestTokens;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The capacity service in this JVM, spoken to over HTTP with real tokens. */
final class RunningCapacity implements AutoCloseable {

    static final String DATABASE = "menara_capacity";

    private final TestTokens tokens = new TestTokens("capacity-service");
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String address;
    private final String manager;

    RunningCapacity(Server server) {
        context = new SpringApplicationBuilder(CapacityApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--spring.config.name=none", // the services on the class path bring an application.yaml each
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--menara.service=capacity",
                        "--menara.mongodb.database=" + DATABASE,
                        "--menara.mongodb.uri=" + server.uri(),
                        "--menara.security.issuer=" + tokens.issuer(),
                        "--menara.security.jwk-set-uri=" + tokens.jwkSetUri(),
                        "--menara.security.audience=capacity-service",
                        "--logging.level.root=warn");
        address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/api/capacity";
        manager = tokens.token("manager", Role.CAPACITY_MANAGER);
    }

    /** The processors whose positions are places in another service's log. */
    Set<String> followersOfOtherLogs() {
        var projections = context.getBeansWithAnnotation(Projection.class).keySet().stream()
                .map(bean -> context.findAnnotationOnBean(bean, Projection.class))
                .filter(projection -> projection != null && !projection.of().isEmpty())
                .map(Projection::value);
        var policies = context.getBeansWithAnnotation(Policy.class).keySet().stream()
                .map(bean -> context.findAnnotationOnBean(bean, Policy.class))
                .filter(policy -> policy != null && !policy.of().isEmpty())
                .map(Policy::value);
        return Stream.concat(projections, policies).collect(Collectors.toSet());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + manager);
    }

    @Override
    public void close() {
        context.close();
        tokens.close();
    }
}
