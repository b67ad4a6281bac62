package menara.capacity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.platform.security.Role;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real service, as many instances as wanted, on an embedded server and with an issuer of tokens beside it. */
final class RunningService implements AutoCloseable {

    private static final String ISSUER = "http://issuer.test/realms/menara";
    private static final String AUDIENCE = "capacity-service";
    private static final JsonMapper JSON = new JsonMapper();

    private final EmbeddedMongoServer mongo = EmbeddedMongoServer.inMemory();
    private final RSAKey key;
    private final HttpServer keys;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    private RunningService() throws JOSEException, IOException {
        key = new RSAKeyGenerator(2048).keyID("test").generate();
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        keys.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        keys.start();
    }

    static RunningService start(int instances) throws JOSEException, IOException {
        var service = new RunningService();
        for (int i = 0; i < instances; i++) {
            service.instances.add(new SpringApplicationBuilder(CapacityApplication.class)
                    .run(
                            "--server.port=0",
                            "--menara.mongodb.uri=" + service.mongo.connectionString(),
                            "--menara.security.issuer=" + ISSUER,
                            "--menara.security.jwk-set-uri=http://127.0.0.1:%d/keys"
                                    .formatted(service.keys.getAddress().getPort()),
                            "--menara.security.audience=" + AUDIENCE,
                            "--spring.main.banner-mode=off"));
        }
        return service;
    }

    <T> T bean(Class<T> type) {
        return instances.getFirst().getBean(type);
    }

    /** @param organization alias of the caller's organization, empty if it has none */
    String token(String organization, Role... roles) {
        return token(AUDIENCE, organization, roles);
    }

    String token(String audience, String organization, Role... roles) {
        try {
            var name = organization + Arrays.toString(roles);
            var claims = new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience(audience)
                    .subject(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                    .claim("organization", organization.isEmpty() ? List.of() : List.of(organization))
                    .claim(
                            "realm_access",
                            Map.of(
                                    "roles",
                                    Arrays.stream(roles).map(Role::realmName).toList()))
                    .build();
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A caller with its token. */
    Client client(String token) {
        return new Client(0, token);
    }

    /**
     * @param status HTTP status
     * @param text body as it came
     */
    record Answer(int status, String text, HttpResponse<String> response) {

        JsonNode json() {
            return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Calls one instance with one token. */
    final class Client {

        private final int instance;
        private final String token;

        private Client(int instance, String token) {
            this.instance = instance;
            this.token = token;
        }

        Client at(int otherInstance) {
            return new Client(otherInstance, token);
        }

        Answer get(String path, String... headers) {
            return send(request(path, headers).GET());
        }

        /** With a new idempotency key. */
        Answer post(String path, String body) {
            return post(path, UUID.randomUUID().toString(), body);
        }

        Answer post(String path, String idempotencyKey, String body) {
            return send(request(path, "Content-Type", "application/json", "Idempotency-Key", idempotencyKey)
                    .POST(BodyPublishers.ofString(body)));
        }

        private HttpRequest.Builder request(String path, String... headers) {
            var port = instances.get(instance).getEnvironment().getRequiredProperty("local.server.port");
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/capacity" + path));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return request;
        }

        private Answer send(HttpRequest.Builder request) {
            try {
                var response = http.send(request.build(), BodyHandlers.ofString());
                return new Answer(response.statusCode(), response.body(), response);
            } catch (IOException e) {
                throw new IllegalStateException("the service does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        instances.forEach(ConfigurableApplicationContext::close);
        http.close();
        keys.stop(0);
        mongo.close();
    }
}
